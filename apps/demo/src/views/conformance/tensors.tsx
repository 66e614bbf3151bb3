import type { VNode } from "preact";
import { differenceOf } from "./compare-output.js";
import type { ElementPair, OutputComparison, TensorPreview } from "./suite-tasks.js";
import { words } from "./words.js";

/** An output beside the oracle's output. */
export function ComparedOutput({ output }: { readonly output: OutputComparison }): VNode {
  const { furthest, shapes, nothing, element, expected, got, difference } = words.value;
  const caption = furthest(output.name);
  const gotShape = output.gotShape === undefined ? nothing : shapeText(output.gotShape);
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={caption}>
      <table class="numbers">
        <caption>
          {caption}; {shapes(shapeText(output.expectedShape), gotShape)}
        </caption>
        <thead>
          <tr>
            <th scope="col">{element}</th>
            <th scope="col">{expected}</th>
            <th scope="col">{got}</th>
            <th scope="col">{difference}</th>
          </tr>
        </thead>
        <tbody>
          {output.furthest.map((pair) => (
            <ElementRow key={pair.index.join()} pair={pair} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ElementRow({ pair: { index, expected, got } }: { readonly pair: ElementPair }): VNode {
  const difference = got === undefined ? undefined : differenceOf(expected, got);
  return (
    <tr class={difference === 0 ? undefined : "differs"}>
      <th scope="row">[{index.join(", ")}]</th>
      <td>{numberText(expected)}</td>
      <td>{got === undefined ? words.value.nothing : numberText(got)}</td>
      <td>{difference === undefined ? "–" : differenceText(difference)}</td>
    </tr>
  );
}

function differenceText(difference: ReturnType<typeof differenceOf>): string {
  if (difference === 0) return "0";
  return difference === "sign" ? words.value.signOfZero : difference.toExponential(2);
}

/** A number as text; zeros keep their sign. */
function numberText(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

/** Tensors with name, shape and first elements. */
export function TensorList({
  title,
  tensors,
}: {
  readonly title: string;
  readonly tensors: readonly TensorPreview[];
}): VNode | undefined {
  if (tensors.length === 0) return undefined;
  return (
    <details>
      <summary>
        {title}: {tensors.map(({ name, shape }) => `${name} ${shapeText(shape)}`).join(", ")}
      </summary>
      {tensors.map(({ name, first, length }) => {
        const label = `${name}: ${words.value.first(first.length, length)}`;
        return (
          <div key={name}>
            <p>{label}</p>
            <pre class="scroll" tabIndex={0} role="region" aria-label={label}>
              {first.map(numberText).join(", ")}
            </pre>
          </div>
        );
      })}
    </details>
  );
}

function shapeText(shape: readonly number[]): string {
  return shape.length === 0 ? "[]" : shape.join("×");
}
