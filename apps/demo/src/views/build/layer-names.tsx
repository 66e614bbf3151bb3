import type { VNode } from "preact";
import { layerTable } from "../../engine/own-network/layer-table.js";
import { buildWords } from "./words.js";

/** A list of all layers with their attributes. */
export function LayerNames(): VNode {
  const words = buildWords.value;
  return (
    <details class="layer-names">
      <summary>{words.layerNames}</summary>
      <dl>
        {Object.entries(layerTable).map(([name, { required, optional }]) => (
          <div key={name}>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>
              {Object.keys(required).map((attribute) => (
                <strong key={attribute} title={words.required}>
                  {attribute}{" "}
                </strong>
              ))}
              {Object.keys(optional).join(" ")}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
