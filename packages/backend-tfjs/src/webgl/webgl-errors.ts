import { IsoconvError } from "@isoconv/core-spec";
import type { MathBackendWebGL } from "@tensorflow/tfjs-backend-webgl";

/** The part of a WebGL context that reports its state. */
export interface Context {
  readonly canvas: { addEventListener(type: "webglcontextlost", listener: () => void): void };
  isContextLost(): boolean;
  getError(): number;
}

const NO_ERROR = 0;
const OUT_OF_MEMORY = 0x0505;

export function contextOf(backend: MathBackendWebGL): Context {
  return backend.gpgpu.gl;
}

/** The GPU's name. Browsers that hide it from pages lack this extension. */
export function rendererOf({ gpgpu: { gl } }: MathBackendWebGL): string | undefined {
  const unmasked = gl.getExtension("WEBGL_debug_renderer_info");
  return unmasked === null ? undefined : String(gl.getParameter(unmasked.UNMASKED_RENDERER_WEBGL));
}

/** The errors since the last call. TensorFlow.js does not check for errors, and WebGL continues with zeros. */
export function failureOf(context: Context): IsoconvError | undefined {
  const error = context.getError();
  if (error === NO_ERROR) return undefined;
  // Each kind of error has its own flag, so further calls return the others.
  for (let other = error; other !== NO_ERROR && !context.isContextLost(); other = context.getError());
  return error === OUT_OF_MEMORY
    ? outOfMemory("WebGL has no memory left for a texture")
    : new IsoconvError("EXECUTION_FAILED", { what: `WebGL reports the error 0x${error.toString(16)}` });
}

/** Runs a kernel; throws when a texture it needs, or one of its intermediate results, is too large. */
export function refuseTexture<T>(kernel: () => T): T {
  try {
    return kernel();
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith("Requested texture size")) throw error;
    throw outOfMemory(error.message.replace(/\.$/, ""), error);
  }
}

function outOfMemory(what: string, cause?: Error): IsoconvError {
  return new IsoconvError("OUT_OF_MEMORY", {
    what,
    hint: "Use a smaller batch or input, or dispose executables no longer used",
    cause,
  });
}
