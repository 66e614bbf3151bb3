import { readFileSync } from "node:fs";
import {
  elementCount,
  float32,
  mapOperands,
  uniform,
  type Backend,
  type OpName,
  type Tensor,
} from "@isoconv/core-spec";
import { initParameters } from "@isoconv/nn";
import { readSafetensors } from "@isoconv/weights";
import { createModel } from "@isoconv/zoo";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkOp, type OpCase } from "./check-op.js";
import { judgeEndToEnd, referenceResults, type Reference } from "./end-to-end.js";

const golden = (file: string): URL => new URL(`../../../fixtures/golden/${file}`, import.meta.url);

interface OpGolden {
  readonly id: string;
  readonly op: OpName;
  readonly inputs: Readonly<Record<string, readonly number[] | readonly (readonly number[])[]>>;
  readonly ranges?: Readonly<Record<string, readonly [number, number]>>;
  readonly attrs: unknown;
}

interface ModelGolden {
  readonly id: string;
  readonly model: string;
  readonly inputShape: readonly number[];
  readonly seed: number;
}

const opGoldens = JSON.parse(readFileSync(golden("ops.json"), "utf8")) as OpGolden[];
const modelGoldens = JSON.parse(readFileSync(golden("models.json"), "utf8")) as ModelGolden[];
const modelResults = readSafetensors(readFileSync(golden("models.safetensors")));

/** The oracle needs six runs for a noise floor; larger sizes are `npm run bench:agreement`. */
const MOST_PIXELS = 2000;

const backends: Readonly<Record<string, () => Promise<{ createBackend: () => Promise<Backend> }>>> = {
  reference: () => import("@isoconv/backend-reference"),
  "onnx-node": () => import("@isoconv/backend-onnx/node"),
  "onnx-wasm": () => import("@isoconv/backend-onnx/wasm"),
  "tfjs-cpu": () => import("@isoconv/backend-tfjs/cpu"),
  "tfjs-wasm": () => import("@isoconv/backend-tfjs/wasm"),
};

function operandOf(id: string, shape: readonly number[], [low, high]: readonly [number, number] = [-1, 1]): Tensor {
  return float32(shape, uniform(1, id, elementCount(shape), low, high));
}

function caseOf({ id, op, inputs, ranges, attrs }: OpGolden): OpCase {
  const isList = (operand: OpGolden["inputs"][string]): operand is readonly (readonly number[])[] =>
    Array.isArray(operand[0]);
  const operands = Object.entries(inputs).map(([name, operand]) => {
    const range = ranges?.[name];
    const tensor = isList(operand)
      ? operand.map((shape, index) => operandOf(`${id}/${name}/${index}`, shape, range))
      : operandOf(`${id}/${name}`, operand, range);
    return [name, tensor] as const;
  });
  return { id, op, inputs: mapOperands<Tensor, Tensor>(Object.fromEntries(operands), (tensor) => tensor), attrs };
}

/** PyTorch's float64 logits, with the oracle's noise floor as the yardstick. */
async function modelReference({ id, model: name, inputShape, seed }: ModelGolden) {
  const [, channels, height, width] = inputShape;
  const model = createModel(name, { channels, height, width });
  const parameters = initParameters(model.parameters, { seed, scheme: "conformance" });
  const feeds = { input: operandOf("input", inputShape) };
  const own = (await referenceResults(model.graph, parameters, feeds)).get("logits");
  const value = modelResults.tensors.get(`${id}/logits`)?.toFloat64();
  if (own === undefined || value === undefined) throw new Error(`no golden for ${id}`);
  return { model, parameters, feeds, reference: { ...own, value } satisfies Reference };
}

const models = await Promise.all(
  modelGoldens
    .filter(({ inputShape }) => (inputShape[2] ?? 0) * (inputShape[3] ?? 0) <= MOST_PIXELS)
    .map(async (modelGolden) => ({ id: modelGolden.id, ...(await modelReference(modelGolden)) })),
);

describe.each(Object.entries(backends))("%s", (id, load) => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await (await load()).createBackend();
  });
  afterAll(() => backend.dispose());

  it("is what it says", () => expect(backend.id).toBe(id));

  it.each(opGoldens.map((opGolden) => [opGolden.id, opGolden] as const))(
    "holds the derived bound on %s",
    async (_id, opGolden) => {
      expect(await checkOp(backend, caseOf(opGolden))).toMatchObject({ agrees: true, reason: undefined });
    },
  );

  it.each(models)(
    "reproduces PyTorch's float64 logits of $id within the end-to-end rule",
    async ({ model, parameters, feeds, reference }) => {
      const executable = await backend.compile(model.graph, parameters);
      const { logits } = await executable.run(feeds);
      await executable.dispose();
      if (logits === undefined) throw new Error("no logits");
      expect(judgeEndToEnd(logits, reference)).toMatchObject({ agrees: true, wrongTop1: [] });
    },
  );

  it("holds no buffers in the end", () => expect(backend.memory()).toEqual({ buffers: 0, bytes: 0 }));
});
