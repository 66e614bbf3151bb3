import {
  docOf,
  float32,
  graphBuilder,
  isIsoconvError,
  uniform,
  type Backend,
  type Executable,
  type Feeds,
  type Graph,
  type OpName,
  type Parameters,
  type Results,
  type RunOptions,
  type Shape,
} from "@isoconv/core-spec";
import { hostBackend } from "@isoconv/conformance/faults";
import { exampleNetwork } from "@isoconv/judge";
import type { Witness } from "../drawn-fault.js";

/** A tiny program on a backend, and what it sees. */
export interface Stage {
  readonly backend: Backend;
  /** Notes an observation. */
  see(what: string): void;
  /** Notes the results of a run, or the code of its error. */
  seeRun(executable: Executable, feeds: Feeds, options?: RunOptions): Promise<void>;
  /** Notes the backend's memory. */
  seeMemory(): void;
  compile(graph: Graph, parameters: Parameters): Promise<Executable>;
}

export type Program = (stage: Stage) => Promise<void>;

/** A witness that runs a program: a fault shows if the program sees anything else than on the correct backend. */
export function onProgram(program: Program): Witness {
  return async (backend) => {
    await using right = hostBackend("right");
    const expected = await watch(right, program);
    const seen = await watch(backend, program);
    const at = expected.findIndex((line, index) => line !== seen[index]);
    if (at >= 0) return `expected ${expected[at]}, saw ${seen[at]}`;
    return seen.length === expected.length ? undefined : `saw more: ${seen[expected.length]}`;
  };
}

async function watch(backend: Backend, program: Program): Promise<readonly string[]> {
  const lines: string[] = [];
  const see = (what: string): void => void lines.push(what);
  const executables: Executable[] = [];
  const stage: Stage = {
    backend,
    see,
    seeRun: async (executable, feeds, options) => see(await outcomeOf(executable.run(feeds, options))),
    seeMemory: () => see(JSON.stringify(backend.memory())),
    compile: async (graph, parameters) => {
      const executable = await backend.compile(graph, parameters);
      executables.push(executable);
      return executable;
    },
  };
  try {
    await program(stage);
  } catch (error) {
    see(codeOf(error));
  }
  await Promise.allSettled(executables.map((executable) => executable.dispose()));
  return lines;
}

/** The results of a run as text, or the code of its error. */
export async function outcomeOf(run: Promise<Results>): Promise<string> {
  try {
    return Object.entries(await run)
      .map(([name, { shape, data }]) => `${name} ${shape.join("×")}: ${data.join(" ")}`)
      .join("; ");
  } catch (error) {
    return codeOf(error);
  }
}

function codeOf(error: unknown): string {
  if (isIsoconvError(error)) return error.code;
  return error instanceof Error ? error.message : String(error);
}

/** `y = relu(x·wᵀ + bias)` */
export function line(name = "line", features = 4): Graph {
  const g = graphBuilder(name);
  const x = g.input("x", ["N", features]);
  const inputs = { x, w: g.parameter("w", [3, features]), bias: g.parameter("bias", [3]) };
  return g.build({ y: g.relu({ x: g.linear(inputs) }) });
}

/** Parameters of a graph: others for every seed. */
export function parametersOf(graph: Graph, seed = 1): Parameters {
  return Object.fromEntries(
    graph.parameters.map(({ name, shape }) => {
      const extents = shape.map(Number);
      return [name, float32(extents, numbers(seed, `parameters/${name}`, extents))];
    }),
  );
}

/** Feeds of a graph: others for every seed. */
export function feedsOf(graph: Graph, batch = 2, seed = 1): Feeds {
  return Object.fromEntries(
    graph.inputs.map(({ name, shape }) => {
      const extents = shape.map((extent) => (extent === "N" ? batch : extent));
      return [name, float32(extents, numbers(seed, `feeds/${name}`, extents))];
    }),
  );
}

function numbers(seed: number, name: string, extents: readonly number[]): Float32Array {
  return uniform(
    seed,
    name,
    extents.reduce((product, extent) => product * extent, 1),
    0.25,
    2,
  );
}

/** The registry's example of an operation. */
export function exampleOf(op: OpName): Graph {
  return exampleNetwork(op, `example-${op}`).graph;
}

/** The example of an operation whose operands are single values, with all of them fed. */
export function fedExample(op: OpName): Graph {
  const { example } = docOf(op);
  const g = graphBuilder(`fed-${op}`);
  const inputs = Object.entries(example.inputs).map(([name, shape]) => {
    if (shape === undefined || !isShape(shape)) throw new Error(`${op} takes a list as ${name}`);
    return [name, g.input(name, shape)] as const;
  });
  return g.build({ y: g.apply(op, Object.fromEntries(inputs), example.attrs) });
}

function isShape(operand: Shape | readonly Shape[]): operand is Shape {
  return !Array.isArray(operand[0]);
}
