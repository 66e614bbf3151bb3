import type { VNode } from "preact";
import { useEffect } from "preact/hooks";
import { models } from "@isoconv/zoo";
import { words } from "../../i18n/language.js";
import { ErrorMessage } from "../../parts/error-message.js";
import { NetworkDetailsPanel } from "./network-details.js";
import { NetworkTable } from "./network-table.js";
import { ZooControls } from "./zoo-controls.js";
import { buildFigures, chosen, failure } from "./zoo-state.js";
import { zooWords } from "./words.js";
import "../../parts/halves.css";
import "./zoo.css";

/** All networks, and one of them in detail. */
export function ZooView(): VNode {
  useEffect(buildFigures, []);
  return (
    <div class="zoo">
      <h2>{words.value.views.zoo}</h2>
      <p>{zooWords.value.intro(models.length)}</p>
      <ZooControls />
      {failure.value !== undefined && <ErrorMessage error={failure.value} />}
      <NetworkTable />
      <NetworkDetailsPanel definition={chosen.value} />
    </div>
  );
}
