import { expect, test } from "vitest";
import { graphBuilder } from "./graph/builder.js";
import { optionChecks } from "./option-checks.js";
import { checkNoMore, checkOptions, type KnownOptions } from "./options.js";

interface Options {
  readonly kernelSize: number;
  readonly stride?: number;
}

const OPTIONS: KnownOptions<Options> = {
  known: { kernelSize: true, stride: true },
  unsupported: { paddingMode: "Padding is zeros" },
};

test.each<[unknown, RegExp | undefined]>([
  [{ kernelSize: 1 }, undefined],
  [{ kernelSize: 1, stride: undefined }, undefined],
  [{}, undefined],
  [
    { kernelsize: 1 },
    /^INVALID_ATTRIBUTE: pool options.kernelsize: no such option; expected kernelSize, stride, got "kernelsize". Did you mean "kernelSize"\?$/,
  ],
  [{ xyz: undefined }, /options.xyz: no such option; expected kernelSize, stride, got "xyz"$/],
  [JSON.parse('{ "__proto__": 1 }'), /options.__proto__: no such option/],
  [{ toString: 1 }, /options.toString: no such option/],
  [{ paddingMode: "reflect" }, /options.paddingMode: PyTorch's option is not supported.*Padding is zeros$/],
  [[], /pool options: options are not an object; expected an object, got \[\]/],
  [undefined, /options are not an object/],
])("options %j", (options, message) => {
  const check = (): void => checkOptions(options as Options, OPTIONS, { op: "pool" });
  if (message === undefined) expect(check).not.toThrow();
  else expect(check).toThrow(message);
});

test.each<[unknown, RegExp | undefined]>([
  [{}, undefined],
  [{ bias: undefined, signal: undefined }, undefined],
  [{ bias: false, mode: "down", names: ["a"], signal: new AbortController().signal, seed: 0 }, undefined],
  [{ bias: "false" }, /^INVALID_ATTRIBUTE: net options.bias: .*; expected true or false, got "false"$/],
  [{ bias: null }, /options.bias: .*; expected true or false, got null$/],
  [{ mode: "bilinear" }, /options.mode: .*; expected "down" or "right", got "bilinear"$/],
  [{ names: "a" }, /options.names: .*; expected a list of strings, got "a"$/],
  [{ names: [1] }, /options.names: .*; expected a list of strings/],
  [{ signal: new AbortController() }, /options.signal: .*; expected an AbortSignal/],
  [{ seed: "1" }, /options.seed: .*; expected an integer in \[0, 4294967295\], got "1"$/],
])("the values of options %j", (options, message) => {
  const { flag, texts, signal, seed, oneOf } = optionChecks;
  const known = { bias: flag, mode: oneOf(["down", "right"]), names: texts, signal, seed };
  const check = (): void => checkOptions(options as object, { known }, { op: "net" });
  if (message === undefined) expect(check).not.toThrow();
  else expect(check).toThrow(message);
});

test("the path of the argument may be another", () => {
  const given: object = { x: 1 };
  expect(() => checkOptions(given, { known: {} }, { path: "input" })).toThrow(
    /^INVALID_ATTRIBUTE: input.x: no such option; expected no options/,
  );
});

test("a further argument is refused", () => {
  expect(() => checkNoMore([], {})).not.toThrow();
  expect(() => checkNoMore([undefined], { op: "relu" }, "Try less")).toThrow(
    "INVALID_ATTRIBUTE: relu arguments: more arguments than the function takes; expected no further argument, got undefined. Try less",
  );
});

test("the builder names the nearest operation, operand and attribute", () => {
  const g = graphBuilder("g");
  const x = g.input("x", [1, 1, 4, 4]);
  expect(() => g.apply("maxpool" as never, { x })).toThrow(/unknown op;.* Did you mean "maxPool2d"\?/);
  expect(() => g.apply("maxPool2d", { x }, { kernels: [1, 1] })).toThrow(
    /attrs.kernels: no such attribute.*Did you mean "kernel"\?/,
  );
  expect(() => g.apply("conv2d", { x, w: x, biases: x })).toThrow(
    /inputs.biases: no such operand.*Did you mean "bias"\?/,
  );
});
