import type { Backend, Executable } from "@isoconv/core-spec";
import type { FilledNetwork } from "@isoconv/judge";
import { outcomeOf, settle } from "./outcome.js";
import { pipeline, pipelineOps } from "./networks.js";
import type { Contract, Observation, Stage } from "./promise.js";

/** Contracts about disposal. */
export const lifetime = {
  "disposed-backend-refuses-compile": {
    promise: "A disposed backend rejects compile with DISPOSED",
    ops: pipelineOps,
    async *observe({ fresh, fill }) {
      const network = fill(pipeline());
      const backend = await fresh();
      await backend.dispose();
      yield await refusal("compile on a disposed backend", () => backend.compile(network.graph, network.parameters));
    },
  },
  "disposing-backend-refuses-compile": {
    promise: "A backend being disposed rejects compile with DISPOSED",
    ops: pipelineOps,
    async *observe(stage) {
      const { backend, network } = await freshExecutable(stage);
      const disposal = backend.dispose();
      yield await refusal("compile during dispose", () => backend.compile(network.graph, network.parameters));
      yield await resolution("dispose", () => disposal);
    },
  },
  "compilation-under-way-is-rejected": {
    promise: "Disposing a backend rejects a compilation under way with DISPOSED",
    ops: pipelineOps,
    async *observe({ fresh, fill }) {
      const network = fill(pipeline());
      const backend = await fresh();
      const compilation = settle(backend.compile(network.graph, network.parameters));
      yield await resolution("dispose", () => backend.dispose());
      yield { what: "the compilation", expected: DISPOSED, got: await compilation };
    },
  },
  "disposed-executable-refuses-run": {
    promise: "A disposed executable rejects run with DISPOSED",
    ops: pipelineOps,
    async *observe(stage) {
      const { executable, network } = await freshExecutable(stage);
      await executable.dispose();
      yield await refusal("run on a disposed executable", () => executable.run(network.feeds));
    },
  },
  "disposing-executable-refuses-run": {
    promise: "An executable being disposed rejects run with DISPOSED",
    ops: pipelineOps,
    async *observe(stage) {
      const { executable, network } = await freshExecutable(stage);
      const disposal = executable.dispose();
      yield await refusal("run during dispose", () => executable.run(network.feeds));
      yield await resolution("dispose", () => disposal);
    },
  },
  "disposed-backend-disposes-executables": {
    promise: "Disposing a backend disposes its executables",
    ops: pipelineOps,
    async *observe(stage) {
      const { backend, executable, network } = await freshExecutable(stage);
      const second = await backend.compile(network.graph, network.parameters);
      const disposal = backend.dispose();
      yield await refusal("run while the backend is being disposed", () => executable.run(network.feeds));
      await disposal;
      yield await refusal("run after the backend's disposal", () => executable.run(network.feeds));
      yield await refusal("run of the second executable", () => second.run(network.feeds));
    },
  },
  "backend-dispose-is-idempotent": {
    promise: "Disposing a backend again resolves, one after another and at once",
    ops: pipelineOps,
    async *observe(stage) {
      const { backend } = await freshExecutable(stage);
      const both = [backend.dispose(), backend.dispose()];
      for (const disposal of both) yield await resolution("concurrent dispose", () => disposal);
      yield await resolution("dispose on a disposed backend", () => backend.dispose());
    },
  },
  "executable-dispose-is-idempotent": {
    promise: "Disposing an executable again resolves, one after another, at once, and after its backend's disposal",
    ops: pipelineOps,
    async *observe(stage) {
      const { backend, executable, network } = await freshExecutable(stage);
      const second = await backend.compile(network.graph, network.parameters);
      const both = [executable.dispose(), executable.dispose()];
      for (const disposal of both) yield await resolution("concurrent dispose", () => disposal);
      yield await resolution("dispose on a disposed executable", () => executable.dispose());
      yield await resolution("dispose of the backend", () => backend.dispose());
      yield await resolution("dispose after the backend's disposal", () => second.dispose());
    },
  },
  "async-dispose-disposes": {
    promise: "Symbol.asyncDispose disposes, so that `await using` works",
    ops: pipelineOps,
    async *observe(stage) {
      const { backend, executable, network } = await freshExecutable(stage);
      yield await resolution("executable[Symbol.asyncDispose]", () => executable[Symbol.asyncDispose]());
      yield await refusal("run afterwards", () => executable.run(network.feeds));
      yield await resolution("backend[Symbol.asyncDispose]", () => backend[Symbol.asyncDispose]());
      yield await refusal("compile afterwards", () => backend.compile(network.graph, network.parameters));
    },
  },
  "executable-dispose-waits-for-run": {
    promise: "Disposing an executable during a run waits for it, and the run still gives the right result",
    ops: pipelineOps,
    async *observe(stage) {
      const { executable, network } = await freshExecutable(stage);
      yield* disposedDuringRun(stage, network, executable, executable);
    },
  },
  "backend-dispose-waits-for-run": {
    promise: "Disposing a backend during a run waits for it, and the run still gives the right result",
    ops: pipelineOps,
    async *observe(stage) {
      const { backend, executable, network } = await freshExecutable(stage);
      yield* disposedDuringRun(stage, network, executable, backend);
    },
  },
  "backends-are-independent": {
    promise: "Two backends of one kind work at the same time, and the other works after one is disposed",
    ops: pipelineOps,
    async *observe(stage) {
      const { executable, network, backend } = await freshExecutable(stage);
      const other = await freshExecutable(stage);
      yield await stage.judge("the first one's result", network, await executable.run(network.feeds));
      yield await stage.judge("the second one's result", network, await other.executable.run(network.feeds));
      await other.backend.dispose();
      yield await stage.judge("a result after the other's disposal", network, await executable.run(network.feeds));
      const late = await backend.compile(network.graph, network.parameters);
      yield await stage.judge("a result of a later compilation", network, await late.run(network.feeds));
    },
  },
  "executables-are-independent": {
    promise: "Disposing an executable leaves others of the same graph working",
    ops: pipelineOps,
    async *observe(stage) {
      const { backend, executable, network } = await freshExecutable(stage);
      const twin = await backend.compile(network.graph, network.parameters);
      await executable.dispose();
      yield await stage.judge("the other executable's result", network, await twin.run(network.feeds));
    },
  },
} satisfies Record<string, Contract>;

const DISPOSED = "rejected with DISPOSED";

async function refusal(what: string, call: () => PromiseLike<unknown>): Promise<Observation> {
  return { what, expected: DISPOSED, got: await outcomeOf(call) };
}

async function resolution(what: string, call: () => PromiseLike<unknown>): Promise<Observation> {
  return { what, expected: "resolved", got: await outcomeOf(call) };
}

interface Compiled {
  readonly backend: Backend;
  readonly executable: Executable;
  readonly network: FilledNetwork;
}

async function freshExecutable({ fresh, fill }: Stage): Promise<Compiled> {
  const network = fill(pipeline());
  const backend = await fresh();
  return { backend, network, executable: await backend.compile(network.graph, network.parameters) };
}

async function* disposedDuringRun(
  { judge }: Stage,
  network: FilledNetwork,
  executable: Executable,
  owner: Pick<Backend, "dispose">,
): AsyncGenerator<Observation> {
  let hasSettled = false;
  const note = (): void => void (hasSettled = true);
  const run = executable.run(network.feeds);
  run.then(note, note);
  yield await resolution("dispose during a run", () => owner.dispose());
  await microtasks();
  yield { what: "the run when dispose has resolved", expected: "settled", got: hasSettled ? "settled" : "under way" };
  const outcome = await settle(run);
  yield { what: "the run", expected: "resolved", got: outcome };
  yield await judge("the run's result", network, await run);
}

/** Promises chained to a settled promise settle a few microtasks later. The contract allows this delay only. */
async function microtasks(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}
