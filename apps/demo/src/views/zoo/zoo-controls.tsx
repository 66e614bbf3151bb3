import type { VNode } from "preact";
import { models } from "@isoconv/zoo";
import { setState } from "../../route/url-state.js";
import { families } from "./catalogue-row.js";
import { builtCount, filter, rows } from "./zoo-state.js";
import { zooWords } from "./words.js";

/** Controls that choose which networks the table shows. */
export function ZooControls(): VNode {
  const words = zooWords.value;
  const { find, family, onlyPublished } = filter.value;
  const isBuilding = builtCount.value < models.length;
  return (
    <search class="controls">
      <label>
        {words.find}
        <input
          type="search"
          value={find}
          placeholder={words.findHint}
          onInput={({ currentTarget }) => setState({ find: currentTarget.value || undefined })}
        />
      </label>
      <label>
        {words.family}
        <select value={family} onChange={({ currentTarget }) => setState({ family: currentTarget.value || undefined })}>
          {["", ...families].map((each) => (
            <option key={each} value={each} selected={each === family}>
              {each === "" ? words.everyFamily : each}
            </option>
          ))}
        </select>
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={onlyPublished}
          onChange={({ currentTarget }) => setState({ published: currentTarget.checked ? "1" : undefined })}
        />
        {words.onlyPublished}
      </label>
      <span class="faint">
        <span role="status">{words.shown(rows.value.length, models.length)}</span>
        {isBuilding && `, ${words.building(builtCount.value, models.length)}`}
      </span>
    </search>
  );
}
