import type { BackendId } from "../../engine/catalogue.js";
import { backendsOf } from "../../parts/backend-choice.js";
import { setState, stateOf } from "../../route/url-state.js";

const USUAL_BACKENDS = "onnx-wasm,tfjs-cpu,tfjs-wasm";
const USUAL_SUBJECT = "d2l/lenet at 1×28×28";
export const roundCounts = [15, 25, 50, 100, 200] as const;
const USUAL_ROUNDS = 25;

export function chosenBackends(): readonly BackendId[] {
  return backendsOf(stateOf("bench", USUAL_BACKENDS));
}

export function chooseBackends(chosen: readonly BackendId[]): void {
  setState({ bench: chosen.join(",") });
}

export function chosenSubject(): string {
  return stateOf("subject", USUAL_SUBJECT);
}

export function chooseSubject(name: string): void {
  setState({ subject: name === USUAL_SUBJECT ? undefined : name });
}

export function chosenRounds(): number {
  const asked = Number(stateOf("rounds", String(USUAL_ROUNDS)));
  return roundCounts.find((count) => count === asked) ?? USUAL_ROUNDS;
}

export function chooseRounds(rounds: string): void {
  setState({ rounds });
}
