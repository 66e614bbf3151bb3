import { isAsDeclared, type GpuFinding, type WorkingBackend } from "@isoconv/inspect/doctor";
import type pc from "picocolors";
import { renderTable, type Column } from "../../table.js";
import type { BindingFinding } from "./tfjs-node.js";
import type { CudaFinding } from "./cuda.js";
import type { Diagnosis } from "./diagnosis.js";
import type { VulkanFinding } from "./vulkan.js";

type Colors = ReturnType<typeof pc.createColors>;
type Row = Diagnosis["backends"][number];

/** What `isoconv doctor` prints. */
export function renderDiagnosis(diagnosis: Diagnosis, colors: Colors): string {
  const { machine, wasm, backends, webgpu, vulkan, cuda, tfjsNode, notHere, advice } = diagnosis;
  const can = Object.entries({ SIMD: wasm.simd, "relaxed SIMD": wasm.relaxedSimd, threads: wasm.threads });
  const facts = [
    ["WebAssembly", can.map(([what, has]) => `${what} ${has ? "yes" : "no"}`).join(", ")],
    ["WebGPU (Dawn)", gpuText(webgpu)],
    ["Vulkan", vulkanText(vulkan)],
    ["NVIDIA driver", cuda.driver ?? "none"],
    ...cudaText(cuda),
    ...tfjsNode.map((binding) => [binding.package, bindingText(binding)]),
  ];
  const width = Math.max(...facts.map(([title = ""]) => title.length));
  return [
    `${machine.cpu}, ${machine.cores} cores, ${machine.platform}, Node ${machine.node}`,
    "",
    renderTable(columns(colors), backends),
    "",
    ...facts.map(([title = "", text = ""]) => `${title.padEnd(width)}  ${text}`),
    ...listText("Not here:", notHere),
    ...listText("What to do:", advice),
  ].join("\n");
}

function listText(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", title, ...lines.map((line) => `- ${line}`)];
}

function columns(colors: Colors): readonly Column<Row>[] {
  const working = (row: Row, cell: (row: WorkingBackend) => string): string => (row.available ? cell(row) : "–");
  return [
    { title: "backend", align: "left", cell: (row) => row.backend },
    {
      title: "runs",
      align: "left",
      cell: (row) => (row.available ? "yes" : "no"),
      paint: (text, row) => (row.available ? colors.green(text) : colors.red(text)),
    },
    {
      title: "runtime",
      align: "left",
      cell: (row) => working(row, ({ runtime }) => `${runtime.name} ${runtime.version}`),
    },
    { title: "on", align: "left", cell: (row) => working(row, ({ device }) => device) },
    { title: "start", align: "right", cell: (row) => working(row, (r) => `${r.startMilliseconds.toFixed(0)} ms`) },
    {
      title: "threads asked",
      align: "right",
      cell: (row) => working(row, (r) => String(r.threads.asked ?? "default")),
    },
    { title: "reported", align: "right", cell: (row) => working(row, (r) => String(r.threads.reported)) },
    { title: "busy", align: "right", cell: (row) => working(row, (r) => String(r.threads.used ?? "unknown")) },
    { title: "arithmetic", align: "left", cell: (row) => working(row, (r) => r.arithmetic ?? "no known class") },
    { title: "NaN and ∞", align: "left", cell: (row) => working(row, (r) => measured(r, "non-finite")) },
    { title: "subnormals", align: "left", cell: (row) => working(row, (r) => measured(r, "subnormals")) },
    { title: "convolution", align: "left", cell: (row) => working(row, (r) => measured(r, "conv-algorithm")) },
    {
      title: "as declared",
      align: "left",
      cell: (row) => working(row, (r) => (isAsDeclared(r) ? "yes" : "no")),
      paint: (text, row) => (row.available && !isAsDeclared(row) ? colors.red(text) : text),
    },
  ];
}

/** The first word of a probe's finding. */
function measured({ probes }: WorkingBackend, name: string): string {
  return (probes.find(({ probe }) => probe === name)?.measured ?? "").split(":")[0] ?? "";
}

function gpuText(gpu: GpuFinding): string {
  if (!gpu.available) return `no: ${gpu.reason}`;
  const { vendor, architecture, device, description, isFallback, limits } = gpu;
  const name = [vendor, architecture, device, description].filter((part) => part !== "").join(" ");
  const buffer = limits["maxBufferSize"] ?? 0;
  const binding = limits["maxStorageBufferBindingSize"] ?? 0;
  const kind = isFallback ? "software" : "hardware";
  return `${name} (${kind}); buffers of up to ${mebibytes(buffer)}, bindings of up to ${mebibytes(binding)}`;
}

function mebibytes(bytes: number): string {
  return `${Math.floor(bytes / 2 ** 20).toLocaleString("en")} MiB`;
}

function vulkanText({ loader, override, drivers }: VulkanFinding): string {
  const loaders = loader.map((one) => (one.found ? (one.file ?? one.library) : `no loader: ${one.reason}`));
  const found = drivers.map(({ manifest, problem }) => (problem === null ? manifest : `${manifest} (${problem})`));
  const source = override === null ? "" : ` by ${override}`;
  return [...loaders, `drivers${source}: ${found.length === 0 ? "none" : found.join(", ")}`].join("; ");
}

function cudaText({ users, provider }: CudaFinding): readonly (readonly string[])[] {
  return [
    ...users.map(({ backend, needs, libraries }) => {
      const missing = libraries.flatMap(({ library, found }) => (found ? [] : [library]));
      return [`for ${backend}`, missing.length === 0 ? `${needs} found` : `${needs}: not found ${missing.join(", ")}`];
    }),
    ["CUDA provider", provider ?? "none"],
  ];
}

function bindingText({ installed, binding, library }: BindingFinding): string {
  if (!installed) return "not installed";
  return `${binding ?? "no binding"}; ${library ?? "no TensorFlow library"}`;
}
