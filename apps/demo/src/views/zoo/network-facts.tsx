import type { ComponentChildren, VNode } from "preact";
import { formatShape } from "@isoconv/core-spec";
import { pretrainedFor, type ModelDefinition, type ModelSummary } from "@isoconv/zoo";
import { trainedWeights } from "@isoconv/zoo/trained-weights";
import { formatCount } from "../../parts/count.js";
import { zooWords } from "./words.js";
import { trainedAccuracy } from "./zoo-state.js";

export interface NetworkFactsProps {
  readonly definition: ModelDefinition;
  /** `undefined` until the network is built. */
  readonly summary: ModelSummary | undefined;
}

/** A network's authors, source, input, classes, totals and weights. */
export function NetworkFacts({ definition, summary }: NetworkFactsProps): VNode {
  const words = zooWords.value;
  const { source, defaults } = definition;
  const totals = summary?.totals;
  return (
    <dl class="half facts">
      <Fact term={words.authors}>{source.authors}</Fact>
      <Fact term={words.source}>
        <a href={source.url}>{source.title}</a> ({source.year})
      </Fact>
      <Fact term={words.input}>{formatShape(["N", defaults.channels, defaults.height, defaults.width])}</Fact>
      <Fact term={words.classes}>{formatCount(defaults.classes)}</Fact>
      <Fact term={words.totals}>
        {totals === undefined ? "…" : words.totalsText(formatCount(totals.parameters), formatCount(totals.macs))}
      </Fact>
      <Fact term={words.peak}>
        {totals === undefined ? "…" : words.peakText(bytes(totals.parameterBytes), bytes(totals.peakActivations.bytes))}
      </Fact>
      <Fact term={words.weights}>
        <Weights model={definition.name} />
      </Fact>
    </dl>
  );
}

function Fact({ term, children }: { readonly term: string; readonly children: ComponentChildren }): VNode {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Weights({ model }: { readonly model: string }): VNode {
  const words = zooWords.value;
  const published = pretrainedFor(model);
  const own = trainedWeights.find((trained) => trained.model === model);
  if (own === undefined && published.length === 0) return <span>{words.noWeights}</span>;
  return (
    <ul>
      {own !== undefined && <li>{words.ownWeights(own.dataset, trainedAccuracy(model)?.toFixed(2) ?? "…")}</li>}
      {published.map(({ name, accuracy, files }) => (
        <li key={name}>
          {words.published(name, String(accuracy.top1), String(accuracy.top5 ?? "–"))}{" "}
          {files.map(({ format, url }) => (
            <span key={url}>
              <a href={url}>.{format}</a>{" "}
            </span>
          ))}
        </li>
      ))}
    </ul>
  );
}

function bytes(count: number): string {
  const [value, unit] = count < 2 ** 20 ? [count / 2 ** 10, "KiB"] : [count / 2 ** 20, "MiB"];
  return `${value < 10 ? value.toFixed(1) : formatCount(Math.round(value))} ${unit}`;
}
