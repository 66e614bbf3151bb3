import type { VNode } from "preact";
import { words as shell } from "../../i18n/language.js";
import { BackendChoice } from "../../parts/backend-choice.js";
import { FaultPicker } from "./fault-picker.js";
import {
  budgetNames,
  chooseBackends,
  chooseBudget,
  chooseFilter,
  chosenBackends,
  chosenTargets,
  filterText,
  planChoice,
} from "./suite-state.js";
import { words } from "./words.js";

export interface SuiteControlsProps {
  readonly isRunning: boolean;
  readonly onRun: () => void;
  readonly onStop: () => void;
}

/** Controls for backends, budget and cases. */
export function SuiteControls({ isRunning, onRun, onStop }: SuiteControlsProps): VNode {
  const { backends, budget, budgets, filter, filterHint, everything, usual, nothingChosen } = words.value;
  const hasTargets = chosenTargets().length > 0;
  return (
    <form
      class="suite-controls"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isRunning && hasTargets) onRun();
      }}
    >
      <BackendChoice label={backends} chosen={chosenBackends()} disabled={isRunning} onChange={chooseBackends} />
      <FaultPicker disabled={isRunning} />
      <div class="controls">
        <label class="wide">
          {filter}
          <input
            type="text"
            value={filterText()}
            disabled={isRunning}
            spellcheck={false}
            aria-describedby="filter-hint"
            onChange={({ currentTarget }) => chooseFilter(currentTarget.value)}
          />
        </label>
        <label>
          {budget}
          <select
            value={planChoice().budget}
            disabled={isRunning}
            onChange={({ currentTarget }) => chooseBudget(currentTarget.value)}
          >
            {budgetNames.map((name) => (
              <option key={name} value={name}>
                {budgets[name]}
              </option>
            ))}
          </select>
        </label>
      </div>
      <p id="filter-hint" class="faint">
        {filterHint}{" "}
        <button type="button" class="link" disabled={isRunning} onClick={() => chooseFilter("")}>
          {everything}
        </button>{" "}
        <button type="button" class="link" disabled={isRunning} onClick={() => chooseFilter(undefined)}>
          {usual}
        </button>
      </p>
      <div class="controls">
        <button type="submit" class="primary" disabled={isRunning || !hasTargets}>
          {shell.value.run}
        </button>
        <button type="button" disabled={!isRunning} onClick={onStop}>
          {shell.value.stop}
        </button>
        {!hasTargets && <p>{nothingChosen}</p>}
      </div>
    </form>
  );
}
