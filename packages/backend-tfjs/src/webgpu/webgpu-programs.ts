import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";

/** TensorFlow.js starts the maximum of a window at −1e20. */
const LOWEST = { wrong: "-1.0 / pow(10.0, -20.0)", right: "-3.4028234663852886e38" };

/** Corrects the shaders that a backend runs. */
export function correctPrograms(backend: WebGPUBackend): void {
  const run = backend.runWebGPUProgram.bind(backend);
  backend.runWebGPUProgram = (program, ...rest) => {
    const code = program.getUserCode.bind(program);
    program.getUserCode = () => code().replaceAll(LOWEST.wrong, LOWEST.right);
    return run(program, ...rest);
  };
}
