// A backend for `isoconv conformance --backend`: the implementation of backend-tfjs/cuda, run on the CPU. It loads
// @tensorflow/tfjs-node-gpu, whose binding build.sh links with the same library, and skips only the search for a card.
import {
  createTensorflowBackend,
  loadTensorflow,
  tensorflowPeers,
} from "../../packages/backend-tfjs/dist/native/create-tensorflow.js";

export async function createBackend() {
  const binding = await loadTensorflow(tensorflowPeers("@tensorflow/tfjs-node-gpu"));
  return createTensorflowBackend({
    id: "tfjs-node-gpu-on-cpu",
    binding,
    arithmetic: "f32",
    convAlgorithm: "direct",
  });
}
