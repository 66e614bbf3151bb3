import { expect, test } from "vitest";
import {
  decomposed,
  defineOp,
  evaluate,
  exact,
  float,
  graphBuilder,
  IsoconvError,
  nchw,
  unsupported,
  type Attrs,
  type AttrsInput,
  type AxisField,
  type Backend,
  type Graph,
  type OpDoc,
  type Inputs,
  type KernelTable,
  type LoweringTable,
  type NodeOf,
  type OpName,
  type Tensor,
  type Value,
} from "./index.js";

/**
 * Checked by `tsc --build`: every line after a `@ts-expect-error` must be refused, or the build fails. Code that
 * would throw is in functions that are never called.
 */

declare const x: Value;
declare const w: Value;
declare const t: Tensor;
declare const backend: Backend;

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
/** Compiles only for `true`. */
function holds<Claim extends true>(): Claim | undefined {
  return undefined;
}

export function builderCalls(): void {
  const g = graphBuilder("net");
  g.conv2d({ x, w });
  g.conv2d({ x, w, bias: undefined }, { strides: [2, 2], groups: undefined }, "name");
  g.concat({ xs: [x, x] }, { axis: 1 });
  // @ts-expect-error epsilon has no default
  g.batchNorm({ x, mean: w, variance: w });
  // @ts-expect-error the kernel has no default, though strides have
  g.maxPool2d({ x }, { strides: [2, 2] });
  // @ts-expect-error there is no attribute of that name
  g.conv2d({ x, w }, { stride: [2, 2] });
  // @ts-expect-error relu has no attributes
  g.relu({ x }, { inplace: true });
  // @ts-expect-error w is missing
  g.conv2d({ x });
  // @ts-expect-error the operand is called w
  g.conv2d({ x, weight: w });
  // @ts-expect-error there is no such operand, though the others are there
  g.conv2d({ x, w, b: w });
  // @ts-expect-error a list of values is wanted
  g.concat({ xs: x }, { axis: 1 });
  // @ts-expect-error one value is wanted
  g.relu({ x: [x] });
  // @ts-expect-error a pair is two numbers
  g.conv2d({ x, w }, { strides: [1, 1, 1] });
  // @ts-expect-error a pair is not a number
  g.maxPool2d({ x }, { kernel: 3 });
  // @ts-expect-error pads are four numbers
  g.conv2d({ x, w }, { pads: [1, 1] });
  // @ts-expect-error there is no such activation
  g.conv2d({ x, w }, { activation: "gelu" });
  // @ts-expect-error operands are values, not tensors
  g.relu({ x: t });
  // @ts-expect-error there is no such operation
  g.conv3d({ x, w });
  // @ts-expect-error only "N" is symbolic
  g.input("x", ["M", 3]);
}

export async function evaluateCalls(): Promise<void> {
  await evaluate(backend, "relu", { x: t });
  await evaluate(backend, "softmax", { x: t }, { axis: 1 });
  // @ts-expect-error the axis has no default
  await evaluate(backend, "softmax", { x: t });
  // @ts-expect-error w is missing
  await evaluate(backend, "conv2d", { x: t });
}

export function kernelAttributeTypes(): void {
  holds<Equal<Attrs<"conv2d">["strides"][0], number>>();
  holds<Equal<Attrs<"conv2d">["strides"]["length"], 2>>();
  holds<Equal<Attrs<"conv2d">["pads"]["length"], 4>>();
  holds<Equal<Attrs<"conv2d">["activation"], "none" | "relu" | "relu6">>();
  holds<Equal<Attrs<"batchNorm">["epsilon"], number>>();
  holds<Equal<Attrs<"mean">["keepDims"], boolean>>();
  holds<Equal<Attrs<"mean">["axes"], readonly number[]>>();
  holds<Equal<keyof Attrs<"relu">, never>>();
  holds<Equal<Inputs<"conv2d", Tensor>["bias"], Tensor | undefined>>();
  holds<Equal<Inputs<"concat", Tensor>["xs"], readonly Tensor[]>>();
  holds<Equal<AttrsInput<"batchNorm">["epsilon"], number>>();
  holds<Equal<NodeOf<"relu">["op"], "relu">>();
  // @ts-expect-error a kernel's strides are never absent
  holds<Equal<Attrs<"conv2d">["strides"], Attrs<"conv2d">["strides"] | undefined>>();
}

const none = unsupported("no kernel", { issue: "https://example.org/1" });
/** Every operation but relu. */
declare const rest: { readonly [K in Exclude<OpName, "relu">]: typeof none };

export function adapters(): unknown {
  const kernels = {
    ...rest,
    relu: ({ x: operand }, _attrs, { shape }) => ({ ...operand, shape }),
    batchNorm: ({ x: operand, scale }, { epsilon }, site) => {
      holds<Equal<typeof epsilon, number>>();
      holds<Equal<typeof scale, Tensor | undefined>>();
      // @ts-expect-error the axis is no attribute of batchNorm
      return { ...operand, shape: [...site.shape, site.axis] };
    },
    silu: decomposed,
  } satisfies KernelTable<Tensor>;

  // @ts-expect-error an adapter that forgets an operation does not build
  const forgetful = { ...rest } satisfies KernelTable<Tensor>;
  // @ts-expect-error a lowering that forgets an operation does not build
  const forgetfulLowering = { ...rest } satisfies LoweringTable<string, Graph>;

  const inventive = {
    ...rest,
    relu: none,
    // @ts-expect-error the registry has no such operation
    conv3d: none,
  } satisfies KernelTable<Tensor>;

  const lazy = {
    ...rest,
    relu: none,
    // @ts-expect-error conv2d has no decomposition
    conv2d: decomposed,
  } satisfies KernelTable<Tensor>;

  const mistaken = {
    ...rest,
    // @ts-expect-error a kernel returns one value of the runtime's type
    relu: () => "a tensor",
  } satisfies KernelTable<Tensor>;

  const lowering = {
    ...rest,
    relu: ({ x: operand }, _attrs, site) => `${site.name}.${operand}`,
    // @ts-expect-error the operand is called w
    conv2d: ({ x: operand, weight }) => `${operand}${weight}`,
  } satisfies LoweringTable<string, Graph>;

  return [kernels, forgetful, forgetfulLowering, inventive, lazy, mistaken, lowering];
}

export function definitions(): readonly unknown[] {
  const attrs = { alpha: float({}), beta: float({ default: 1 }) };
  const common = {
    family: "activation",
    inputs: { x: nchw() },
    attrs,
    special: { nan: "propagates", signedZero: "free" },
    exactOnIntegers: () => true,
    receptiveField: ({ x }: { readonly x: AxisField }) => x,
    accuracy: () => exact,
  } as const;
  const op = defineOp({ ...common, name: "op", infer: ({ x: [n, c] }, { alpha }) => [n, c * alpha] });
  // @ts-expect-error there is no operand y
  defineOp({ ...common, name: "op", infer: ({ y }) => y });

  const example = { inputs: { x: ["N", 1, 2, 2] }, attrs: { alpha: 1 } } as const;
  const text = { summary: "An operation.", formula: "y = x", notes: [], inputs: { x: "Input." }, example } as const;
  const doc: OpDoc<typeof op> = { ...text, attrs: { alpha: "Slope.", beta: "Offset." } };
  // @ts-expect-error an attribute has no meaning
  const silent: OpDoc<typeof op> = { ...text, attrs: { alpha: "Slope." } };
  // @ts-expect-error the example leaves out an attribute without default
  const partial: OpDoc<typeof op> = { ...doc, example: { ...example, attrs: {} } };
  return [doc, silent, partial];
}

export function errors(): void {
  // @ts-expect-error codes are a closed set
  void new IsoconvError("NOT_A_CODE", { what: "x" });
  // @ts-expect-error an error says what went wrong
  void new IsoconvError("ABORTED", {});
}

test("the types above compile: see tsc --build", () => {
  expect(holds<true>()).toBeUndefined();
});
