import type { Backend } from "@isoconv/core-spec";
import {
  goldenCases,
  inputOf,
  logitsOf,
  modelGoldens,
  operandsOf,
  type ModelGolden,
  type OpCase as OpGolden,
} from "@isoconv/goldens";
import { initParameters } from "@isoconv/nn";
import { createModel } from "@isoconv/zoo";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkOp, type OpCase } from "./check-op.js";
import { judgeEndToEnd, referenceResults, type Reference } from "./end-to-end.js";

/** The oracle needs six runs for a noise floor; larger sizes are `npm run bench:agreement`. */
const MOST_PIXELS = 2000;

const backends: Readonly<Record<string, () => Promise<{ createBackend: () => Promise<Backend> }>>> = {
  reference: () => import("@isoconv/backend-reference"),
  "onnx-node": () => import("@isoconv/backend-onnx/node"),
  "onnx-wasm": () => import("@isoconv/backend-onnx/wasm"),
  "tfjs-cpu": () => import("@isoconv/backend-tfjs/cpu"),
  "tfjs-wasm": () => import("@isoconv/backend-tfjs/wasm"),
};

function caseOf(golden: OpGolden): OpCase {
  const { id, op, attrs } = golden;
  return { id, op, attrs, inputs: operandsOf(golden) };
}

/** PyTorch's float64 logits, with the oracle's noise floor as the yardstick. */
async function modelReference(golden: ModelGolden) {
  const [, channels, height, width] = golden.inputShape;
  const model = createModel(golden.model, { channels, height, width });
  const parameters = initParameters(model.parameters, { seed: golden.seed, scheme: "conformance" });
  const feeds = { input: inputOf(golden) };
  const own = (await referenceResults(model.graph, parameters, feeds)).get("logits");
  if (own === undefined) throw new Error(`${golden.id} has no logits`);
  return { model, parameters, feeds, reference: { ...own, value: logitsOf(golden) } satisfies Reference };
}

const models = await Promise.all(
  modelGoldens
    .filter(({ inputShape }) => inputShape[2] * inputShape[3] <= MOST_PIXELS)
    .map(async (modelGolden) => ({ id: modelGolden.id, ...(await modelReference(modelGolden)) })),
);

describe.each(Object.entries(backends))("%s", (id, load) => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await (await load()).createBackend();
  });
  afterAll(() => backend.dispose());

  it("is what it says", () => expect(backend.id).toBe(id));

  it.each(goldenCases.map((opGolden) => [opGolden.id, opGolden] as const))(
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
