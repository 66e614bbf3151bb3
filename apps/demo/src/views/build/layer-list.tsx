import type { VNode } from "preact";
import { formatShape } from "@isoconv/core-spec";
import type { LayerLine } from "../../engine/own-network/analyse.js";
import { formatCount } from "../../parts/count.js";
import { analysis } from "./build-state.js";
import { buildWords } from "./words.js";

/** The output and cost of each layer, up to the first layer with an error. */
export function LayerList(): VNode {
  const words = buildWords.value;
  const { input, lines = [], omitted = 0, totals, fault } = analysis.value ?? {};
  return (
    <div class="half">
      <h3 id="layers-heading">{words.layers}</h3>
      <div class="scroll layers" tabIndex={0} role="region" aria-labelledby="layers-heading">
        <table>
          <caption>{words.caption}</caption>
          <thead>
            <tr>
              <th scope="col">{words.layer}</th>
              <th scope="col">{words.output}</th>
              <th scope="col" class="figure">
                {words.parameters}
              </th>
              <th scope="col" class="figure">
                {words.macs}
              </th>
            </tr>
          </thead>
          <tbody>
            {input !== undefined && (
              <tr>
                <th scope="row">{words.input}</th>
                <td>{formatShape(["N", input.channels, input.height, input.width])}</td>
                <td />
                <td />
              </tr>
            )}
            {lines.map((line) => (
              <LineRow key={line.path} line={line} />
            ))}
            {omitted > 0 && (
              <tr>
                <td colSpan={4}>{words.more(omitted)}</td>
              </tr>
            )}
            {fault?.layer !== undefined && (
              <tr class="bad">
                <th scope="row">
                  {fault.layer} {fault.error.op ?? ""}
                </th>
                <td colSpan={3}>✗ {fault.error.code}</td>
              </tr>
            )}
          </tbody>
          {totals !== undefined && (
            <tfoot>
              <tr>
                <th scope="row">{words.total}</th>
                <td />
                <td class="figure">{formatCount(totals.parameters)}</td>
                <td class="figure">{formatCount(totals.macs)}</td>
              </tr>
            </tfoot>
          )}
        </table>
      </div>
    </div>
  );
}

function LineRow({ line: { path, depth, does, outputShape, parameters, macs } }: { readonly line: LayerLine }): VNode {
  const own = path.slice(path.lastIndexOf(".") + 1);
  return (
    <tr>
      <th scope="row" style={{ paddingInlineStart: `${0.6 + depth * 1.1}rem` }}>
        <span class="faint">{own}</span> {does === own ? "" : does}
      </th>
      <td>{formatShape(outputShape)}</td>
      <td class="figure">{formatCount(parameters)}</td>
      <td class="figure">{formatCount(macs)}</td>
    </tr>
  );
}
