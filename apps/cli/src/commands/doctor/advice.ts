import { backends } from "@isoconv/backends";
import { isAsDeclared } from "@isoconv/inspect/doctor";
import type { CudaFinding } from "./cuda.js";
import type { Found } from "./diagnosis.js";
import type { BindingFinding } from "./tfjs-node.js";
import type { VulkanFinding } from "./vulkan.js";

export interface Advice {
  /** What to do, in this order, for backends that were requested, crash or differ from their declaration. */
  readonly advice: readonly string[];
  /** The reasons and needs of backends that cannot run here and were not requested. No machine runs all backends. */
  readonly notHere: readonly string[];
}

/** @param asked the backends requested by name */
export function adviceFor(found: Found, asked: readonly string[]): Advice {
  const advice = new Set<string>();
  const notHere = new Set<string>();
  for (const finding of found.backends) {
    const { backend } = finding;
    if (!finding.available) {
      const lines = asked.includes(backend) || "crashed" in finding ? advice : notHere;
      lines.add(`${backend}: ${finding.reason}${finding.cause === null ? "" : ` (${finding.cause})`}`);
      for (const line of remedies(backend, found)) lines.add(line);
    } else if (!isAsDeclared(finding)) {
      advice.add(`${backend} is not what it declares: run isoconv conformance --backend ${backend}`);
    }
  }
  return { advice: [...advice], notHere: [...notHere] };
}

/** What an unavailable backend needs and the system lacks. */
function remedies(backend: string, { webgpu, vulkan, cuda, tfjsNode }: Found): readonly string[] {
  const needsWebGpu = backends.some(({ id, runtime }) => id === backend && runtime === "WebGPU");
  return [
    ...(needsWebGpu && !webgpu.available ? vulkanAdvice(vulkan) : []),
    ...(cuda.driver === null ? [] : cudaAdvice(backend, cuda)),
    ...tfjsNode.filter((binding) => binding.backend === backend).flatMap(bindingAdvice),
  ];
}

function vulkanAdvice({ loader, override, drivers }: VulkanFinding): readonly string[] {
  if (process.platform !== "linux") return [];
  const lines: string[] = [];
  if (loader.some(({ found }) => !found))
    lines.push("WebGPU in Node: install the Vulkan loader, for example with apt-get install libvulkan1");
  const usable = drivers.some(({ problem }) => problem === null);
  if (override !== null && !usable) lines.push(`WebGPU in Node: ${override} names no existing driver: unset it`);
  if (override === null && !usable) {
    lines.push(
      "WebGPU in Node: install a Vulkan driver: your GPU's, Mesa 25 or newer (mesa-vulkan-drivers), or Chromium's SwiftShader with VK_DRIVER_FILES=/usr/lib/chromium/vk_swiftshader_icd.json",
    );
  }
  return lines;
}

function cudaAdvice(backend: string, { users, provider }: CudaFinding): readonly string[] {
  const lines = users.flatMap((user) => {
    const missing = user.libraries.flatMap((library) => (library.found ? [] : [library.library]));
    if (user.backend !== backend || missing.length === 0) return [];
    return [
      `${backend} needs ${user.needs}; the loader does not find ${missing.join(", ")}: install them, or add their folder to LD_LIBRARY_PATH`,
    ];
  });
  if (backend === "onnx-cuda" && provider === null)
    lines.push(
      "onnx-cuda needs ONNX Runtime's CUDA provider: ONNXRUNTIME_NODE_INSTALL=cuda12 npm rebuild onnxruntime-node",
    );
  return lines;
}

function bindingAdvice({ package: name, installed, binding, library }: BindingFinding): readonly string[] {
  if (!installed || (binding !== null && library !== null)) return [];
  const lacks = binding === null ? "native binding" : "TensorFlow library";
  return [`${name} is installed without its ${lacks}: npm rebuild ${name} --build-addon-from-source`];
}
