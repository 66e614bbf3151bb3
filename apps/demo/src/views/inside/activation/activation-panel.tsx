import type { VNode } from "preact";
import { useMemo } from "preact/hooks";
import { toPicture } from "../../../parts/picture.js";
import { PictureView } from "../../../parts/picture-view.js";
import { classNames, fitted, image, network } from "../../../parts/subject.js";
import { setState } from "../../../route/url-state.js";
import { formatNumber } from "../format-number.js";
import { backendA, chosenClass, imageKey, networkKey } from "../inside-state.js";
import type { ActivationResult } from "../inside-tasks.js";
import { symmetric } from "../maps/color-scale.js";
import { Legend } from "../maps/legend.js";
import { PlaneCanvas } from "../maps/plane-canvas.js";
import { TaskStatus } from "../task-status.js";
import type { Engines } from "../use-engines.js";
import { useTask } from "../use-task.js";
import { insideWords } from "../words.js";
import type { ActivationPlan } from "./activation-plan.js";
import { overlayOf } from "./overlay.js";

export interface ActivationPanelProps {
  readonly engines: Engines;
  readonly plan: ActivationPlan;
}

/** The class activation map laid over the input, or the reason why there is none. */
export function ActivationPanel({ engines, plan }: ActivationPanelProps): VNode {
  const words = insideWords.value;
  return (
    <>
      <h3>{words.activationTitle}</h3>
      {plan.kind === "possible" ? (
        <Activation engines={engines} plan={plan} />
      ) : (
        <p>
          {plan.kind === "between" ? words.between(plan.node, plan.op) : words.noPooling(plan.node, plan.op)}{" "}
          {words.tryOther}
        </p>
      )}
    </>
  );
}

type PossiblePlan = Extract<ActivationPlan, { kind: "possible" }>;

function Activation({ engines, plan }: { readonly engines: Engines; readonly plan: PossiblePlan }): VNode {
  const words = insideWords.value;
  const [choice, key, input, backend] = [network.value, networkKey.value, image.value, backendA.value];
  const subject = JSON.stringify([key, imageKey.value, backend]);
  const task = useTask(input === undefined ? undefined : "run", subject, (context) => {
    if (input === undefined) return Promise.reject(new Error("no image"));
    const given = { key, network: choice, backend, base: document.baseURI, image: input, plan };
    return engines.a.call("insideActivation", given, context);
  });
  const done = task.result === undefined ? "" : words.ran(backend, formatNumber(task.result.milliseconds));
  return (
    <>
      <p class="hint">{words.activationHow}</p>
      <TaskStatus tasks={[{ task, backend }]} done={done} />
      {task.result !== undefined && <ClassMap result={task.result} />}
    </>
  );
}

function ClassMap({ result }: { readonly result: ActivationResult }): VNode {
  const words = insideWords.value;
  const { height, width, maps, logits, bias } = result;
  const order = useMemo(() => [...logits.keys()].toSorted((a, b) => (logits[b] ?? 0) - (logits[a] ?? 0)), [logits]);
  const asked = chosenClass.value;
  const chosen = asked !== undefined && asked < logits.length ? asked : (order[0] ?? 0);
  const map = useMemo(
    () => maps.subarray(chosen * height * width, (chosen + 1) * height * width),
    [maps, chosen, height, width],
  );
  const overlay = useMemo(() => overlayOf(map, height, width), [map, height, width]);
  const shown = useMemo(() => (fitted.value === undefined ? undefined : toPicture(fitted.value)), [fitted.value]);
  const scale = symmetric(map.reduce((most, value) => Math.max(most, Math.abs(value)), 0));
  const mean = map.reduce((sum, value) => sum + value, 0) / map.length;
  return (
    <>
      <div class="controls">
        <label>
          {words.classLabel}
          <select value={chosen} onChange={({ currentTarget }) => setState({ class: currentTarget.value })}>
            {order.map((index) => (
              <option key={index} value={index} selected={index === chosen}>
                {words.option(nameOf(index), formatNumber(logits[index] ?? NaN))}
              </option>
            ))}
          </select>
        </label>
        <Legend scale={scale} hasLoud={false} />
      </div>
      <div class="activation-figures">
        <figure>
          <div class="frame">{shown !== undefined && <PictureView picture={shown} label={words.inputImage} />}</div>
          <figcaption>{words.inputImage}</figcaption>
        </figure>
        <figure>
          <div class="frame overlaid" role="img" aria-label={words.activationImage(nameOf(chosen))}>
            {shown !== undefined && <PictureView picture={shown} />}
            <PictureView picture={overlay} />
          </div>
          <figcaption>{words.laidOver}</figcaption>
        </figure>
        <figure>
          <div class="frame" role="img" aria-label={words.mapAlone(height, width)}>
            <PlaneCanvas planes={{ data: maps, height, width }} index={chosen} scale={scale} />
          </div>
          <figcaption>{words.mapAlone(height, width)}</figcaption>
        </figure>
      </div>
      <p aria-live="polite">
        {words.adds(formatNumber(mean), formatNumber(bias[chosen] ?? 0), formatNumber(logits[chosen] ?? NaN))}
      </p>
      {map.length === 1 && (
        <p>
          {words.onePosition} {words.tryOther}
        </p>
      )}
    </>
  );
}

function nameOf(index: number): string {
  return classNames.value[index] ?? insideWords.value.className(index);
}
