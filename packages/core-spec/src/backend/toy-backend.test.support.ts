import { elementCount, type ConcreteShape } from "../shape.js";
import { float32, type Tensor, type TensorOf } from "../tensor.js";
import type { Backend } from "./backend.js";
import type { Capabilities } from "./capabilities.js";
import { fromKernels, type TensorStore } from "./kernels.js";
import { decomposed, everyOp, unsupported, type KernelSite, type KernelTable } from "./table.js";

export const capabilities: Omit<Capabilities, "ops"> = {
  runtime: { name: "toy", version: "1" },
  device: "cpu",
  threads: 1,
  arithmetic: "f32",
  convAlgorithm: "direct",
  nonFinite: "ieee",
  subnormals: "kept",
};

const missing = unsupported("the toy has few kernels", { issue: "https://example.org/toy" });
export const nothing = everyOp(missing);

/** A buffer of the toy runtime. */
export interface Buffer {
  readonly data: Float32Array;
  readonly layout: string | undefined;
}

const fill = (shape: ConcreteShape, valueAt: (index: number) => number): Buffer => ({
  data: Float32Array.from({ length: elementCount(shape) }, (_, index) => valueAt(index)),
  layout: undefined,
});

/** A store that counts its buffers, refuses to free or read one twice, and fails where it is told to. */
export class ToyStore implements TensorStore<Buffer> {
  readonly live = new Set<Buffer>();
  readonly uploads: string[] = [];
  /** Names of kernels in the order they ran. */
  readonly ran: string[] = [];
  peak = 0;
  activations = 0;
  disposals = 0;
  /** The kernel of this node throws. */
  failingNode: string | undefined;
  /** The upload of this number, counted from 0, throws. */
  failingUpload: number | undefined;
  /** A download of this many elements fails immediately; the others take longer. */
  failingDownload: number | undefined;
  begin?: () => Promise<void>;
  settle?: () => Promise<void>;
  /** Called by each kernel before its work, for example to wait or to abort. */
  beforeKernel: (node: string) => void = () => {};

  upload(tensor: TensorOf<"float32">, layout?: string): Buffer {
    if (this.uploads.length === this.failingUpload) throw new Error("upload failed");
    this.uploads.push(`${tensor.shape.join("×")}${layout === undefined ? "" : `@${layout}`}`);
    return this.#enter({ data: tensor.data.slice(), layout });
  }

  async download(value: Buffer, shape: ConcreteShape): Promise<Tensor> {
    if (this.failingDownload === value.data.length) throw new Error("download failed");
    for (let i = 0; i < 5; i += 1) {
      await Promise.resolve();
      this.read(value);
    }
    return float32(shape, value.data.slice());
  }

  release(value: Buffer): void {
    if (!this.live.delete(value)) throw new Error("released twice");
  }

  activate(): void {
    this.activations += 1;
  }

  memory(): { buffers: number; bytes: number } {
    return { buffers: this.live.size, bytes: [...this.live].reduce((sum, { data }) => sum + data.byteLength, 0) };
  }

  async dispose(): Promise<void> {
    this.disposals += 1;
  }

  read(value: Buffer): Float32Array {
    if (!this.live.has(value)) throw new Error("read after release");
    return value.data;
  }

  kernel({ node, shape }: KernelSite, valueAt: (index: number) => number): Buffer {
    this.ran.push(node);
    this.beforeKernel(node);
    if (node === this.failingNode) throw new Error(`kernel of ${node} failed`);
    return this.#enter(fill(shape, valueAt));
  }

  #enter(buffer: Buffer): Buffer {
    this.live.add(buffer);
    this.peak = Math.max(this.peak, this.live.size);
    return buffer;
  }
}

/** `add` and `mul` take a second operand that repeats; `conv2d` multiplies by the first weight. */
export function toyTable(runtime: ToyStore): KernelTable<Buffer> {
  return {
    ...nothing,
    relu: ({ x }, _attrs, site) => runtime.kernel(site, (i) => Math.max(0, runtime.read(x)[i])),
    sigmoid: ({ x }, _attrs, site) => runtime.kernel(site, (i) => 1 / (1 + Math.exp(-runtime.read(x)[i]))),
    silu: decomposed,
    add: ({ a, b }, _attrs, site) =>
      runtime.kernel(site, (i) => runtime.read(a)[i] + runtime.read(b)[i % b.data.length]),
    mul: ({ a, b }, _attrs, site) =>
      runtime.kernel(site, (i) => runtime.read(a)[i] * runtime.read(b)[i % b.data.length]),
    conv2d: ({ x, w }, _attrs, site) => runtime.kernel(site, (i) => runtime.read(x)[i] * runtime.read(w)[0]),
    clip: ({ x }, { min, max }, site) => runtime.kernel(site, (i) => Math.min(Math.max(runtime.read(x)[i], min), max)),
    pad2d: (_inputs, { value }, site) => runtime.kernel(site, () => value),
    concat: ({ xs }, _attrs, site) =>
      runtime.kernel(site, (i) => xs.flatMap((x) => [...runtime.read(x)])[i] ?? Number.NaN),
  };
}

export function toyBackend(store: TensorStore<Buffer>, table: KernelTable<Buffer>): Backend {
  return fromKernels({ id: "toy", capabilities, table, store });
}
