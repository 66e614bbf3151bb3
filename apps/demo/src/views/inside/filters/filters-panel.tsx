import type { VNode } from "preact";
import { useMemo } from "preact/hooks";
import { PictureView } from "../../../parts/picture-view.js";
import { network } from "../../../parts/subject.js";
import { networkKey } from "../inside-state.js";
import type { FiltersResult } from "../inside-tasks.js";
import { symmetric } from "../maps/color-scale.js";
import { Legend } from "../maps/legend.js";
import { PlaneCanvas } from "../maps/plane-canvas.js";
import { TaskStatus } from "../task-status.js";
import type { Engines } from "../use-engines.js";
import { useTask } from "../use-task.js";
import { insideWords } from "../words.js";
import { filterPicture, largestWeight } from "./filter-images.js";

export interface FiltersPanelProps {
  readonly engines: Engines;
  /** The first convolution. */
  readonly node: string | undefined;
}

/** The weights of the first convolution as images. */
export function FiltersPanel({ engines, node }: FiltersPanelProps): VNode {
  const words = insideWords.value;
  const [choice, key] = [network.value, networkKey.value];
  const task = useTask(node, key, (context) =>
    engines.a.call("insideFilters", { key, network: choice, node: node ?? "" }, context),
  );
  if (node === undefined) return <p>{words.noFilters}</p>;
  return (
    <>
      <TaskStatus tasks={[{ task }]} done="" />
      {task.result !== undefined && <Filters filters={task.result} />}
    </>
  );
}

function Filters({ filters }: { readonly filters: FiltersResult }): VNode {
  const words = insideWords.value;
  const [count = 0, channels = 0, height = 0, width = 0] = filters.shape;
  const most = useMemo(() => largestWeight(filters), [filters]);
  const isColored = channels === 3;
  return (
    <>
      <h3>{words.filtersTitle(filters.name, count, height, width)}</h3>
      <div class="map-head">
        <span>{isColored ? words.filtersRgb : words.filtersSigned}</span>
        {!isColored && <Legend scale={symmetric(most)} hasLoud={false} />}
      </div>
      <ul class={`map-grid ${count <= 16 ? "medium" : "small"}`} aria-label={words.filters}>
        {isColored ? <Colored filters={filters} most={most} /> : <Signed filters={filters} most={most} />}
      </ul>
    </>
  );
}

interface ScaledFilters {
  readonly filters: FiltersResult;
  readonly most: number;
}

function Colored({ filters, most }: ScaledFilters): VNode {
  const words = insideWords.value;
  const pictures = useMemo(
    () => indices(filters.shape[0]).map((filter) => filterPicture(filters, filter, most)),
    [filters, most],
  );
  return (
    <>
      {pictures.map((picture, filter) => (
        <li key={filter}>
          <PictureView picture={picture} label={words.filter(filter)} />
          <span aria-hidden="true">{filter}</span>
        </li>
      ))}
    </>
  );
}

/** One image for each filter and each of its input channels. */
function Signed({ filters: { shape, data }, most }: ScaledFilters): VNode {
  const words = insideWords.value;
  const [count = 0, channels = 0, height = 0, width = 0] = shape;
  return (
    <>
      {indices(count * channels).map((plane) => {
        const [filter, channel] = [Math.floor(plane / channels), plane % channels];
        return (
          <li key={plane}>
            <div role="img" aria-label={words.filterOfChannel(filter, channel)}>
              <PlaneCanvas planes={{ data, height, width }} index={plane} scale={symmetric(most)} />
            </div>
            <span aria-hidden="true">{channels === 1 ? filter : `${filter}, ${channel}`}</span>
          </li>
        );
      })}
    </>
  );
}

function indices(count = 0): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}
