import type { VNode } from "preact";
import { words as shell } from "../../i18n/language.js";
import { BackendChoice } from "../../parts/backend-choice.js";
import { ErrorMessage } from "../../parts/error-message.js";
import { useAnswer } from "../../parts/use-answer.js";
import {
  chooseBackends,
  chooseRounds,
  chooseSubject,
  chosenBackends,
  chosenRounds,
  chosenSubject,
  roundCounts,
} from "./bench-state.js";
import type { SubjectLine } from "./bench-tasks.js";
import { words } from "./words.js";

export interface BenchControlsProps {
  readonly isRunning: boolean;
  readonly onRun: () => void;
  readonly onStop: () => void;
}

/** Controls for backends, subject and rounds. */
export function BenchControls({ isRunning, onRun, onStop }: BenchControlsProps): VNode {
  const { backends, rounds, nothingChosen } = words.value;
  const hasBackends = chosenBackends().length > 0;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!isRunning && hasBackends) onRun();
      }}
    >
      <BackendChoice label={backends} chosen={chosenBackends()} disabled={isRunning} onChange={chooseBackends} />
      <div class="controls">
        <SubjectPicker disabled={isRunning} />
        <label>
          {rounds}
          <select
            value={chosenRounds()}
            disabled={isRunning}
            onChange={({ currentTarget }) => chooseRounds(currentTarget.value)}
          >
            {roundCounts.map((count) => (
              <option key={count} value={count}>
                {count}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" class="primary" disabled={isRunning || !hasBackends}>
          {shell.value.run}
        </button>
        <button type="button" disabled={!isRunning} onClick={onStop}>
          {shell.value.stop}
        </button>
        {!hasBackends && <p>{nothingChosen}</p>}
      </div>
    </form>
  );
}

/** The list comes from a worker, because making it builds graphs. Until then only the chosen subject is listed. */
function SubjectPicker({ disabled }: { readonly disabled: boolean }): VNode {
  const { result: subjects = [], error } = useAnswer("benchSubjects", undefined);
  const { subject, ops, models } = words.value;
  const chosen = chosenSubject();
  const isListed = subjects.some(({ name }) => name === chosen);
  const namesOf = (kind: SubjectLine["kind"]): readonly string[] =>
    subjects.filter((each) => each.kind === kind).map(({ name }) => name);
  const options = (names: readonly string[]): readonly VNode[] =>
    names.map((name) => (
      <option key={name} value={name}>
        {name}
      </option>
    ));
  return (
    <>
      <label>
        {subject}
        <select
          class="subject"
          value={chosen}
          disabled={disabled}
          onChange={({ currentTarget }) => chooseSubject(currentTarget.value)}
        >
          {!isListed && <option value={chosen}>{chosen}</option>}
          {subjects.length > 0 && (
            <>
              <optgroup label={ops}>{options(namesOf("op"))}</optgroup>
              <optgroup label={models}>{options(namesOf("model"))}</optgroup>
            </>
          )}
        </select>
      </label>
      {error !== undefined && <ErrorMessage error={error} />}
    </>
  );
}
