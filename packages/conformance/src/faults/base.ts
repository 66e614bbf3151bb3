import { evaluateOracle, type OracleArray } from "@isoconv/backend-reference";
import {
  fromKernels,
  mapOperands,
  opNames,
  type AttrsInput,
  type Backend,
  type Capabilities,
  type Inputs,
  type KernelTable,
  type OpName,
  type Pass,
} from "@isoconv/core-spec";
import type { Fault } from "./fault.js";
import type { HostArray, HostKernel } from "./host-array.js";
import { hostMemory, type HostMemory } from "./host-memory.js";

/** A kernel for every operation. */
export type HostKernels = { readonly [K in OpName]: HostKernel<K> };

/** Every operation as the oracle computes it, rounded to float32. A fault changes one of these kernels. */
export const correct: HostKernels = Object.fromEntries(opNames.map((op) => [op, oracleKernel(op)])) as HostKernels;

function oracleKernel<K extends OpName>(op: K): HostKernel<K> {
  return (inputs, attrs) => {
    const operands = mapOperands<HostArray, OracleArray>(inputs, ({ shape, data }) => ({
      shape,
      value: new Float64Array(data),
    }));
    const y = evaluateOracle(op, operands as Inputs<K, OracleArray>, attrs as AttrsInput<K>);
    return { shape: y.shape, data: new Float32Array(y.value) };
  };
}

/** The capabilities of the correct backend. */
export const declared: Omit<Capabilities, "ops"> = {
  runtime: { name: "isoconv host", version: "1" },
  device: "cpu",
  threads: 1,
  arithmetic: "f32",
  convAlgorithm: "direct",
  nonFinite: "ieee",
  subnormals: "kept",
};

/** The parts that a backend replaces. */
export interface HostParts {
  readonly kernels?: Partial<KernelTable<HostArray>>;
  readonly capabilities?: Partial<Omit<Capabilities, "ops">>;
  readonly memory?: HostMemory;
  readonly passes?: readonly Pass[];
}

/** The correct backend with some parts replaced. */
export function hostBackend(
  id: string,
  { kernels = {}, capabilities = {}, memory = hostMemory(), passes }: HostParts = {},
): Backend {
  return fromKernels({
    id,
    capabilities: { ...declared, ...capabilities },
    table: mapKernels({ ...correct, ...kernels }, (value) => memory.enter(value)),
    store: memory,
    ...(passes === undefined ? {} : { passes }),
  });
}

/** Applies functions to the operands and the results of every kernel. */
export function mapKernels(
  table: KernelTable<HostArray>,
  result: (value: HostArray, op: OpName) => HostArray,
  operand: (value: HostArray, op: OpName) => HostArray = (value) => value,
): KernelTable<HostArray> {
  const mapped = opNames.map((op) => {
    const entry = table[op];
    if (typeof entry !== "function") return [op, entry];
    // A kernel gets the operands of its own operation, so calling the union of all kernels is safe.
    const kernel = entry as HostKernel<OpName>;
    const through: HostKernel<OpName> = (inputs, attrs, site) => {
      const operands = mapOperands<HostArray, HostArray>(inputs, (value) => operand(value, op));
      return result(kernel(operands as Inputs<OpName, HostArray>, attrs, site), op);
    };
    return [op, through];
  });
  return Object.fromEntries(mapped) as KernelTable<HostArray>;
}

/** A fault in the parts of a backend. Each backend gets new parts, because some have state. */
export function faultOf(description: Omit<Fault, "create">, parts: () => HostParts): Fault {
  return { ...description, create: async () => hostBackend(`fault/${description.name}`, parts()) };
}
