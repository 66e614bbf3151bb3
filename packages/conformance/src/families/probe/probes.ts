import type { ArithmeticClass, Backend, Capabilities, OpName } from "@isoconv/core-spec";
import {
  accumulatorPrecision,
  classify,
  inputPrecision,
  inputRounding,
  rangePrecision,
  subnormalsFrom,
  traitsFrom,
  traitsOf,
  type Precision,
  type Traits,
} from "./classify.js";
import { measureConvAlgorithm } from "./conv-algorithm.js";
import {
  measureAccumulator,
  measureArithmetic,
  measureInputs,
  measureNonFinite,
  measureRange,
  measureSubnormals,
} from "./measure.js";

/** The result of a probe. */
export interface Finding {
  /** Whether the measured value agrees with the declared one. */
  readonly agrees: boolean;
  /** The declared value. */
  readonly declared: string;
  /** The measured value as text. */
  readonly measured: string;
}

/** Measures one declared property with a few small networks. */
export interface Probe {
  readonly ops: readonly OpName[];
  measure(backend: Backend, capabilities: Capabilities): Promise<Finding>;
}

const convolution: readonly OpName[] = ["conv2d"];

/**
 * The arithmetic must equal the declared class, because the bounds depend on it. `flushed`, `indeterminate` and `fast`
 * are permissions, so a backend that behaves better agrees.
 */
export const probes = {
  arithmetic: {
    ops: convolution,
    async measure(backend, { arithmetic }) {
      const numbers = await measureArithmetic(backend);
      const found = classify(numbers);
      const { inputs, range, accumulator } = traitsFrom(numbers);
      const parts = `inputs ${words[inputs]}, range ${words[range]}, accumulator ${words[accumulator]}`;
      return {
        agrees: found === arithmetic,
        declared: arithmetic,
        measured: `${found ?? "no known class"} (${parts})`,
      };
    },
  },
  "input-precision": {
    ops: convolution,
    async measure(backend, { arithmetic }) {
      const inputs = await measureInputs(backend);
      const [tenth, twelfth, twentyThird, threeTwelfths] = inputs;
      const found = inputPrecision(inputs);
      const how = found === "half" ? ` (${inputRounding(inputs)})` : "";
      const measured = `1 + 2⁻¹⁰ comes back as ${tenth}, 1 + 2⁻¹² as ${twelfth}, 1 + 2⁻²³ as ${twentyThird}, 1 + 3·2⁻¹² as ${threeTwelfths}${how}`;
      return compare("inputs", arithmetic, found, measured);
    },
  },
  range: {
    ops: convolution,
    async measure(backend, { arithmetic }) {
      const range = await measureRange(backend);
      return compare("range", arithmetic, rangePrecision(range), `2¹⁷ comes back as ${range}`);
    },
  },
  accumulator: {
    ops: convolution,
    async measure(backend, { arithmetic }) {
      const sums = await measureAccumulator(backend);
      const measured = `4096 ones add up to ${sums.ones}, 8·(a² − b) to ${sums.cancellation} (exactly ${2 ** -9})`;
      return compare("accumulator", arithmetic, accumulatorPrecision(sums), measured);
    },
  },
  subnormals: {
    ops: convolution,
    async measure(backend, { subnormals }) {
      const { exponent, results } = await measureSubnormals(backend);
      const found = subnormalsFrom(results, 2 ** exponent);
      const [input, weight, product] = results;
      return {
        agrees: found === "kept" || found === subnormals,
        declared: subnormals,
        measured: `${found}: 2^${exponent} comes back as ${input} from an input, ${weight} from a weight, ${product} from a product`,
      };
    },
  },
  "non-finite": {
    ops: ["conv2d", "relu", "maxPool2d"],
    async measure(backend, { nonFinite }) {
      const kept = Object.entries(await measureNonFinite(backend));
      const lost = kept.filter(([, isKept]) => !isKept).map(([what]) => what);
      return {
        agrees: lost.length === 0 || nonFinite === "indeterminate",
        declared: nonFinite,
        measured:
          lost.length === 0 ? `ieee: ${kept.length} of ${kept.length} kept` : `indeterminate: lost ${lost.join(", ")}`,
      };
    },
  },
  "conv-algorithm": {
    ops: convolution,
    async measure(backend, capabilities) {
      const { watched, wrong, largestError } = await measureConvAlgorithm(backend, capabilities);
      const found = wrong === 0 ? "direct" : "fast";
      return {
        agrees: found === "direct" || capabilities.convAlgorithm === "fast",
        declared: capabilities.convAlgorithm,
        measured: `${found}: ${wrong} of ${watched} exact sums near a huge element are wrong, by up to ${largestError}`,
      };
    },
  },
  threads: {
    ops: [],
    async measure(_backend, { threads }) {
      const agrees = Number.isSafeInteger(threads) && threads >= 1;
      return { agrees, declared: `${threads} threads`, measured: agrees ? `${threads}` : "not a positive integer" };
    },
  },
} satisfies Record<string, Probe>;

export type ProbeName = keyof typeof probes;

const words: Readonly<Record<Precision, string>> = {
  single: "of float32",
  half: "of float16",
  other: "of neither float32 nor float16",
};

function compare(part: keyof Traits, arithmetic: ArithmeticClass, found: Precision, numbers: string): Finding {
  const declared = traitsOf[arithmetic][part];
  return {
    agrees: found === declared,
    declared: `${arithmetic}, ${part} ${words[declared]}`,
    measured: `${part} ${words[found]}: ${numbers}`,
  };
}
