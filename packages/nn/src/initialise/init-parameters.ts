import {
  checkNoMore,
  checkOptions,
  didYouMean,
  float32,
  integer,
  IsoconvError,
  optionChecks,
  type KnownOptions,
  type Parameters,
} from "@isoconv/core-spec";
import type { ParameterSpec } from "../parameter.js";
import { schemes, type InitialisationScheme, type SchemeName } from "./scheme.js";

export interface InitOptions {
  /** An integer in [0, 2³²). */
  readonly seed: number;
  /** A name from {@link schemes} or a custom table; `pytorch` by default. */
  readonly scheme?: SchemeName | InitialisationScheme;
}

const SEED = integer({ min: 0, max: 2 ** 32 - 1 });

/**
 * New values for the parameters and buffers of a network, by name; constants have the network's value.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` for a seed out of range or an unknown scheme, an unknown option, and a
 *   scheme that lacks a kind of parameter
 */
export function initParameters(specs: readonly ParameterSpec[], options: InitOptions, ...none: never[]): Parameters {
  checkOptions(options, { known: { seed: true, scheme: true } }, { op: "initParameters" });
  checkNoMore(none, { op: "initParameters" });
  const seed = SEED.parse(options.seed, { path: "seed" });
  const scheme = findScheme(options.scheme ?? "pytorch");
  return Object.fromEntries(
    specs.map((spec) => {
      const values = spec.kind === "constant" ? spec.value : scheme[spec.kind](spec, seed);
      return [spec.name, float32(spec.shape, values)];
    }),
  );
}

const { function: initializer } = optionChecks;
const SCHEME: KnownOptions<InitialisationScheme> = {
  known: {
    weight: initializer,
    bias: initializer,
    scale: initializer,
    shift: initializer,
    runningMean: initializer,
    runningVar: initializer,
    center: initializer,
  },
};

/** A custom table has an initialiser for every kind of parameter. */
function checkScheme(scheme: InitialisationScheme): InitialisationScheme {
  checkOptions(scheme, SCHEME, { op: "initParameters", path: "scheme" });
  for (const kind of Object.keys(SCHEME.known)) {
    if (Object.hasOwn(scheme, kind)) continue;
    throw new IsoconvError("INVALID_ATTRIBUTE", {
      op: "initParameters",
      path: `scheme.${kind}`,
      what: "the scheme has no initialiser for this kind",
      expected: Object.keys(SCHEME.known).join(", "),
      hint: "Spread one of `schemes`, and replace what you like",
    });
  }
  return scheme;
}

function findScheme(scheme: SchemeName | InitialisationScheme): InitialisationScheme {
  if (typeof scheme !== "string") return checkScheme(scheme);
  if (Object.hasOwn(schemes, scheme)) return schemes[scheme];
  throw new IsoconvError("INVALID_ATTRIBUTE", {
    path: "scheme",
    what: "no such scheme",
    expected: Object.keys(schemes).join(", "),
    received: scheme,
    hint: didYouMean(scheme, Object.keys(schemes)),
  });
}
