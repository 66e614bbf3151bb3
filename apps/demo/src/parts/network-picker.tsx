import type { VNode } from "preact";
import { findModel, models } from "@isoconv/zoo";
import { trainedWeights } from "@isoconv/zoo/trained-weights";
import { trainedFor } from "../engine/trained.js";
import { setState, stateOf } from "../route/url-state.js";
import "./subject.css";
import { SeedInput } from "./seed-input.js";
import { network } from "./subject.js";
import { subjectWords } from "./subject-words.js";
import { WeightsFileInput } from "./weights-file-input.js";

/** Side in pixels. */
const LARGEST_SIZE = 999;

const trainedModels = [...new Set(trainedWeights.map(({ model }) => model))];
const others = models.filter(({ name }) => !trainedModels.includes(name));
const families = [...new Set(others.map(({ family }) => family))];

/** Chooses the network and its weights. They are in the address, so every view has the same ones. */
export function NetworkPicker(): VNode {
  const words = subjectWords.value;
  const { model } = network.value;
  return (
    <fieldset class="subject-part">
      <legend>{words.network}</legend>
      <div class="controls">
        <label>
          {words.network}
          <select value={model} onChange={({ currentTarget }) => chooseModel(currentTarget.value)}>
            <Options label={words.trainedNetworks} names={trainedModels} chosen={model} />
            {families.map((family) => (
              <Options key={family} label={family} names={namesOf(family)} chosen={model} />
            ))}
          </select>
        </label>
        <WeightsSelect />
        <ChosenSeed />
        <SizeInput />
      </div>
      {weightsKind() === "file" && <WeightsFileInput />}
    </fieldset>
  );
}

function namesOf(family: string): readonly string[] {
  return others.filter((model) => model.family === family).map(({ name }) => name);
}

interface OptionsProps {
  readonly label: string;
  readonly names: readonly string[];
  readonly chosen: string;
}

function Options({ label, names, chosen }: OptionsProps): VNode {
  return (
    <optgroup label={label}>
      {names.map((name) => (
        <option key={name} value={name} selected={name === chosen}>
          {name}
        </option>
      ))}
    </optgroup>
  );
}

/** The weights for a newly chosen network: random if they were random, otherwise trained if it has any. */
function chooseModel(model: string): void {
  const keepsSeed = network.value.weights.kind === "seed" && trainedFor(model) === undefined;
  setState({ model, size: undefined, ...(keepsSeed ? {} : { weights: undefined }) });
}

/** The kind of weights in the address; a file may still have to be chosen. */
function weightsKind(): "trained" | "seed" | "file" {
  return stateOf("weights", "") === "file" ? "file" : network.value.weights.kind;
}

function WeightsSelect(): VNode {
  const words = subjectWords.value;
  const trained = trainedFor(network.value.model);
  const kind = weightsKind();
  return (
    <label>
      {words.weights}
      <select
        value={kind}
        onChange={({ currentTarget: { value } }) => setState({ weights: value === "seed" ? "seed:1" : value })}
      >
        {trained !== undefined && (
          <option value="trained" selected={kind === "trained"}>
            {words.trained(trained.dataset)}
          </option>
        )}
        <option value="seed" selected={kind === "seed"}>
          {words.seeded}
        </option>
        <option value="file" selected={kind === "file"}>
          {words.file}
        </option>
      </select>
    </label>
  );
}

function ChosenSeed(): VNode | null {
  const { weights } = network.value;
  return weights.kind !== "seed" || weightsKind() === "file" ? null : (
    <SeedInput seed={weights.seed} onChange={(seed) => setState({ weights: `seed:${seed}` })} />
  );
}

function SizeInput(): VNode | null {
  const { model, weights, size } = network.value;
  if (weights.kind === "trained") return null;
  const words = subjectWords.value;
  const { minimumSize, defaults } = findModel(model);
  return (
    <label>
      {words.size} ({words.sizeHint(minimumSize)})
      <input
        type="number"
        min={minimumSize}
        max={LARGEST_SIZE}
        step={1}
        value={size ?? ""}
        placeholder={`${defaults.height} × ${defaults.width}`}
        onChange={({ currentTarget }) => {
          const wanted = withinLimits(minimumSize, currentTarget.value);
          setState({ size: wanted });
          currentTarget.value = wanted ?? "";
        }}
      />
    </label>
  );
}

function withinLimits(least: number, text: string): string | undefined {
  return text === "" ? undefined : String(Math.min(LARGEST_SIZE, Math.max(least, Math.trunc(Number(text)))));
}
