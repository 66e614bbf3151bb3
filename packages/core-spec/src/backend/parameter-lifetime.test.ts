import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { graphBuilder } from "../graph/builder.js";
import { float32 } from "../tensor.js";
import type { Backend, Executable } from "./backend.js";
import { loggingBackend, settle } from "./logging-backend.test.support.js";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

async function compileAndForget(backend: Backend): Promise<{ executable: Executable; data: WeakRef<Float32Array> }> {
  const g = graphBuilder("net");
  const graph = g.build({ y: g.mul({ a: g.input("x", ["N", 2]), b: g.parameter("w", [2]) }) });
  const data = new Float32Array(2);
  const executable = await backend.compile(graph, { w: float32([2], data) });
  return { executable, data: new WeakRef(data) };
}

test("an executable does not keep the caller's parameters alive", async () => {
  const { backend } = loggingBackend();
  const { executable, data } = await compileAndForget(backend);
  await settle();
  collectGarbage();
  expect(data.deref()).toBeUndefined();
  await executable.dispose();
});
