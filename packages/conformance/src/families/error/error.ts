import {
  float32,
  graphBuilder,
  isIsoconvError,
  type Backend,
  type Executable,
  type Feeds,
  type Graph,
  type Parameters,
} from "@isoconv/core-spec";
import { failed, passed, type Judgement } from "@isoconv/judge";
import type { ErrorCase } from "../../plan/case.js";
import type { Family, RunContext } from "../family.js";
import { planCallErrors } from "./plan-call-errors.js";
import { planOpErrors } from "./plan-op-errors.js";
import type { ErrorRequest, Refusal } from "./request.js";

/** Invalid calls must fail as in core-spec, with the same code and path, and the backend must still work afterwards. */
export const error: Family<ErrorCase> = {
  plan: ({ profile, wants }) => [
    ...profile.ops.filter((op) => wants(`op/${op}/error/`)).flatMap(planOpErrors),
    ...(wants("error/") ? planCallErrors() : []),
  ],
  run: runError,
};

async function runError({ request }: ErrorCase, { backend }: RunContext): Promise<Judgement> {
  const complaint = judgeRefusal(await answerOf(backend, request), request.expected) ?? (await complainOfHarm(backend));
  return complaint === undefined ? passed() : failed(complaint);
}

/** The outcome of a call: accepted, or the error it threw. */
type Answer = { readonly accepted: true } | { readonly accepted: false; readonly thrown: unknown };

async function answerOf(backend: Backend, request: ErrorRequest): Promise<Answer> {
  if (request.step === "compile") return attempt(async () => (await compile(backend, request)).dispose());
  // The graph and the parameters are valid, so an error here is a failure of the backend.
  const executable = await compile(backend, request);
  try {
    return await attempt(() => executable.run(request.feeds as Feeds));
  } finally {
    await executable.dispose();
  }
}

/** Casts, because this family passes invalid values on purpose. */
function compile(backend: Backend, request: ErrorRequest): Promise<Executable> {
  const taps = request.step === "compile" ? (request.taps as readonly string[] | undefined) : undefined;
  return backend.compile(request.graph as Graph, request.parameters as Parameters, { taps });
}

async function attempt(ask: () => Promise<unknown>): Promise<Answer> {
  try {
    await ask();
    return { accepted: true };
  } catch (thrown) {
    return { accepted: false, thrown };
  }
}

/** What is wrong with an outcome, or `undefined`. */
function judgeRefusal(answer: Answer, expected: Refusal): string | undefined {
  const wanted = `${expected.code}${expected.path === undefined ? "" : ` at ${expected.path}`}`;
  if (answer.accepted) return `accepted; expected ${wanted}`;
  const { thrown } = answer;
  if (!isIsoconvError(thrown)) return `threw ${describe(thrown)}; expected an IsoconvError ${wanted}`;
  const { code, path, message } = thrown;
  if (code !== expected.code) return `refused with ${code}; expected ${wanted}: ${message}`;
  if (expected.path !== undefined && path?.endsWith(expected.path) !== true) {
    return `refused at ${path ?? "no path"}; expected ${wanted}`;
  }
  if (/[\r\n\u2028\u2029]/.test(message)) return `the message has more than one line: ${describe(thrown)}`;
  const unnamed = expected.names.find((name) => !message.includes(name));
  return unnamed === undefined ? undefined : `the message does not name "${unnamed}": ${message}`;
}

function describe(thrown: unknown): string {
  const text = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return text.replaceAll(/\s+/g, " ");
}

/** Runs a valid network after a refusal. Returns what is wrong, or `undefined`. */
async function complainOfHarm(backend: Backend): Promise<string | undefined> {
  const g = graphBuilder("after-a-refusal");
  const graph = g.build({ y: g.relu({ x: g.input("x", ["N", 2]) }) });
  const answer = await attempt(async () => {
    const executable = await backend.compile(graph, {});
    try {
      const { y } = await executable.run({ x: float32([1, 2], [-1, 2]) });
      if (y?.data[0] !== 0 || y.data[1] !== 2) throw new Error(`relu([-1, 2]) gave [${y?.data.join(", ")}]`);
    } finally {
      await executable.dispose();
    }
  });
  return answer.accepted ? undefined : `after the refusal a valid network fails: ${describe(answer.thrown)}`;
}
