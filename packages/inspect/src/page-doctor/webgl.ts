/// <reference lib="dom" preserve="true" />
import { isSoftware } from "../doctor/describe-gpu.js";

/** The GPU that WebGL 2 uses, or why there is none. */
export type WebGlFinding =
  | {
      readonly available: true;
      readonly vendor: string;
      readonly renderer: string;
      readonly isSoftware: boolean;
      readonly maxTextureSize: number;
      /** Bits of the mantissa of `highp` floats in fragment shaders: 23 in float32, 10 in float16. */
      readonly mantissaBits: number;
      /** Whether results can be float32, not only float16: `EXT_color_buffer_float`. */
      readonly rendersFloat32: boolean;
    }
  | { readonly available: false; readonly reason: string };

/** Makes a WebGL context, queries it and releases it. */
export function examineWebGl(): WebGlFinding {
  const gl = document.createElement("canvas").getContext("webgl2");
  if (gl === null) return { available: false, reason: "the browser gives no WebGL 2 context" };
  const unmasked = gl.getExtension("WEBGL_debug_renderer_info");
  const text = (name: number): string => String(gl.getParameter(name));
  const renderer = text(unmasked?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER);
  const finding = {
    available: true,
    vendor: text(unmasked?.UNMASKED_VENDOR_WEBGL ?? gl.VENDOR),
    renderer,
    isSoftware: isSoftware(renderer),
    maxTextureSize: Number(gl.getParameter(gl.MAX_TEXTURE_SIZE)),
    mantissaBits: gl.getShaderPrecisionFormat(gl.FRAGMENT_SHADER, gl.HIGH_FLOAT)?.precision ?? 0,
    rendersFloat32: gl.getExtension("EXT_color_buffer_float") !== null,
  } as const;
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  return finding;
}
