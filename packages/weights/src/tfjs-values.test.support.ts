import "@tensorflow/tfjs-backend-cpu";
import { env, io } from "@tensorflow/tfjs-core";
import { expect } from "vitest";
import type { WeightsFile } from "./weights-file.js";

env().set("IS_TEST", true);

interface ManifestGroup {
  readonly paths: readonly string[];
  readonly weights: io.WeightsManifestEntry[];
}

/**
 * Compares a file's tensors with the values that TensorFlow.js itself decodes.
 *
 * @param read gives the bytes of `model.json` and of the files that it names
 */
export function expectTfjsValues({ tensors }: WeightsFile, read: (path: string) => Uint8Array): void {
  const model = JSON.parse(new TextDecoder().decode(read("model.json"))) as {
    readonly weightsManifest: readonly ManifestGroup[];
  };
  const names: string[] = [];
  for (const { paths, weights } of model.weightsManifest) {
    const data = Buffer.concat(paths.map((path) => read(path)));
    const decoded = io.decodeWeights(new Uint8Array(data).buffer, weights);
    for (const [name, tensor] of Object.entries(decoded)) {
      const own = tensors.get(name)!;
      expect(own.shape, name).toEqual(tensor.shape);
      const values =
        tensor.dtype === "float32" ? own.toFloat32().data : own.dtype === "BOOL" ? own.bytes() : own.toInt32().data;
      // Elements are compared with their signs of zero, and as one block: there are millions.
      const [read, wanted] = [values, tensor.dataSync()].map((each) => Buffer.from(Float64Array.from(each).buffer));
      expect(read.equals(wanted), name).toBe(true);
      names.push(name);
      tensor.dispose();
    }
  }
  expect([...tensors.keys()]).toEqual(names);
}
