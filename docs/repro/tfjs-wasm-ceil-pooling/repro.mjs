import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";

// A 4×4 image of 1 … 16. Windows of 3×3 at stride 2: with `ceil` there are 2×2 of them, the last hanging over by one.
const image = Array.from({ length: 16 }, (_, i) => i + 1);
const expected = [11, 12, 15, 16];

async function maxPool(backend) {
  await tf.setBackend(backend);
  const x = tf.tensor4d(image, [1, 4, 4, 1]);
  const y = tf.maxPool(x, [3, 3], [2, 2], 0, "ceil");
  const data = [...(await y.data())];
  const shape = y.shape.join("×");
  x.dispose();
  y.dispose();
  return { shape, data };
}

console.log(`@tensorflow/tfjs-core ${tf.version_core}`);
console.log(`expected  1×2×2×1  ${expected.join(" ")}`);
for (const backend of ["cpu", "wasm"]) {
  const { shape, data } = await maxPool(backend);
  const isRight = shape === "1×2×2×1" && expected.every((value, i) => value === data[i]);
  console.log(`${backend.padEnd(8)}  ${shape}  ${data.join(" ")}  ${isRight ? "right" : "WRONG"}`);
  if (!isRight) process.exitCode = 1;
}
