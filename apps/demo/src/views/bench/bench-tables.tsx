import { formatFigure, formatInterval, formatSpeed, type BenchReport, type BenchRow } from "@isoconv/inspect";
import type { VNode } from "preact";
import { words } from "./words.js";

/** Times, and speeds relative to the baseline. */
export function SpeedTable({ report }: { readonly report: BenchReport }): VNode {
  const { speeds, backend, steady, versus, compile, firstRun } = words.value;
  const heads = [backend, steady, versus, compile, firstRun, "GMAC/s", "GB/s"];
  const caption = `${speeds}: ${report.rows[0]?.subject ?? ""}`;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={caption}>
      <table class="figures">
        <caption>{caption}</caption>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {report.rows.map((row) => (
            <SpeedRow key={row.backend} row={row} baseline={report.baseline} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function SpeedRow({
  row: { backend, result },
  baseline,
}: {
  readonly row: BenchRow;
  readonly baseline: string;
}): VNode {
  const { statuses, baseline: baselineWord, noDifference } = words.value;
  if (result.status !== "measured") {
    return (
      <tr>
        <th scope="row">{backend}</th>
        <td class="bad" colSpan={6}>
          {statuses[result.status]}
        </td>
      </tr>
    );
  }
  const { steady, speed, compile, firstRun, gmacPerSecond, gigabytesPerSecond } = result;
  const isFaster = speed?.significant === true ? speed.ratio.median > 1 : undefined;
  const versus =
    backend === baseline ? baselineWord : speed?.significant === false ? noDifference : formatSpeed(result);
  return (
    <tr>
      <th scope="row">{backend}</th>
      <td>{formatInterval(steady)}</td>
      <td class={isFaster === undefined ? undefined : isFaster ? "good" : "bad"}>{versus}</td>
      <td>{formatFigure(compile)}</td>
      <td>{formatFigure(firstRun)}</td>
      <td>{gmacPerSecond === undefined ? "–" : formatFigure(gmacPerSecond)}</td>
      <td>{formatFigure(gigabytesPerSecond)}</td>
    </tr>
  );
}

/** The backends that were timed. */
export function BackendTable({ report }: { readonly report: BenchReport }): VNode {
  const { started, backend, runtime, device, threads, create } = words.value;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={started}>
      <table class="figures">
        <caption>{started}</caption>
        <thead>
          <tr>
            {[backend, runtime, device, threads, create].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {report.backends.map(
            ({ id, runtime: { name, version }, device: kind, adapter = kind, threads: count, create: took }) => (
              <tr key={id}>
                <th scope="row">{id}</th>
                <td>{`${name} ${version}`}</td>
                <td>{adapter}</td>
                <td>{count}</td>
                <td>{formatFigure(took)}</td>
              </tr>
            ),
          )}
        </tbody>
      </table>
    </div>
  );
}

/** The backends without a time, and the reasons. */
export function BenchNotes({ report }: { readonly report: BenchReport }): VNode {
  const { refused, notRun, statuses, endToEnd } = words.value;
  return (
    <>
      {report.rows.map(({ backend, result }) =>
        result.status === "measured" ? undefined : (
          <p key={backend}>
            {refused(backend, statuses[result.status])} <span lang="en">{result.reason}</span>
          </p>
        ),
      )}
      {report.unavailable.map(({ id, reason }) => (
        <p key={id}>
          {notRun(id)} <span lang="en">{reason}</span>
        </p>
      ))}
      <p class="faint">{endToEnd}</p>
    </>
  );
}
