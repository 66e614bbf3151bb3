import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { isArrayBuffer, isFloat32Array, ownFloat32Array } from "./realm.js";
import { float32, type Tensor } from "./tensor.js";
import { ToyStore, toyBackend, toyTable } from "./backend/toy-backend.test.support.js";
import { graphBuilder } from "./graph/builder.js";

/** As test runners have them: a program in a context of its own. */
const foreign = runInNewContext(
  "({ floats: Float32Array.of(0, -1, 2).subarray(1), doubles: Float64Array.of(1), bytes: new ArrayBuffer(4) })",
) as {
  readonly floats: Float32Array;
  readonly doubles: Float64Array;
  readonly bytes: ArrayBuffer;
};

it("arrays of another realm are no instances, and recognised all the same", () => {
  expect(foreign.floats instanceof Float32Array).toBe(false);
  expect([foreign.floats, foreign.doubles, foreign.bytes, [1], null].map(isFloat32Array)).toEqual([
    true,
    false,
    false,
    false,
    false,
  ]);
  expect([foreign.bytes, foreign.floats, {}].map(isArrayBuffer)).toEqual([true, false, false]);
});

it("become arrays of this realm over the same memory", () => {
  const own = ownFloat32Array(foreign.floats);
  expect(own).toBeInstanceOf(Float32Array);
  own[1] = 3;
  expect([...foreign.floats]).toEqual([-1, 3]);
  own[1] = 2;
  expect(ownFloat32Array(own)).toBe(own);
  expect(float32([2], foreign.floats).data).toBeInstanceOf(Float32Array);
});

it("are fed and are parameters like those of this realm", async () => {
  const g = graphBuilder("sum");
  const y = g.add({ a: g.input("x", [2]), b: g.parameter("w", [2]) });
  const store = new ToyStore();
  await using backend = toyBackend(store, toyTable(store));
  const tensor: Tensor = { dtype: "float32", shape: [2], data: foreign.floats };
  await using executable = await backend.compile(g.build({ y }), { w: tensor });
  const { data } = (await executable.run({ x: tensor }))["y"];
  expect([...data]).toEqual([-2, 4]);
  await expect(executable.run({ x: { ...tensor, data: foreign.doubles as never } })).rejects.toThrow(
    /INVALID_DTYPE: feeds\["x"\]: .*got a Float64Array/,
  );
});
