import { verdictSentence } from "@isoconv/conformance";
import type { Capabilities } from "@isoconv/core-spec";
import type { ComponentChildren, VNode } from "preact";
import { ErrorMessage } from "../../parts/error-message.js";
import { OpMatrix, type MatrixColumn } from "./op-matrix.js";
import type { Column } from "./suite-run.js";
import { nameOf, showCase } from "./suite-state.js";
import { VerdictWord } from "./verdict-word.js";
import { countsText, words } from "./words.js";

/** The matrix of a run, updated live. */
export function SuiteMatrix({ columns }: { readonly columns: readonly Column[] }): VNode {
  const { matrix, verdict, cases, time, runtime, gpu } = words.value;
  return <OpMatrix caption={matrix} facts={[verdict, cases, time, runtime, gpu]} columns={columns.map(matrixColumn)} />;
}

function matrixColumn(column: Column): MatrixColumn {
  const { target, tally, findings, result, seconds } = column;
  const capabilities = result?.report.capabilities;
  return {
    key: target,
    title: nameOf(target),
    facts: [
      <VerdictCell key="verdict" column={column} />,
      <ProgressCell key="progress" column={column} />,
      seconds === undefined ? "–" : words.value.seconds(seconds),
      capabilities === undefined ? "–" : `${capabilities.runtime.name} ${capabilities.runtime.version}`,
      capabilities === undefined ? "–" : gpuOf(capabilities),
    ],
    tally,
    onCase: (id) => showCase(target, id),
    findingOf: (op) => findings.find(({ ops }) => ops.includes(op))?.id,
  };
}

function VerdictCell({ column: { phase, result, error } }: { readonly column: Column }): VNode {
  const { phases, sentence } = words.value;
  if (phase === "failed") {
    return (
      <>
        <strong>{phases.failed}</strong>
        <ErrorMessage error={error} />
      </>
    );
  }
  if (result === undefined) return <span class="faint">{phases[phase]}</span>;
  const { report } = result;
  return (
    <>
      <VerdictWord verdict={report.verdict} />
      <br />
      <small>{(sentence ?? verdictSentence)(report)}</small>
    </>
  );
}

function ProgressCell({ column }: { readonly column: Column }): VNode {
  const { target, decided, total } = column;
  const { progressOf } = words.value;
  return (
    <>
      <progress aria-label={progressOf(nameOf(target))} max={total ?? 1} value={decided} />
      <br />
      <small>{progressText(column)}</small>
    </>
  );
}

function progressText({ phase, decided, total, result }: Column): string {
  if (result !== undefined) return countsText(result.report.totals);
  if (total === undefined) return phase === "opening" ? words.value.planning : "–";
  return words.value.decided(decided, total);
}

/** The same text as in the suite's own matrix. */
export function gpuOf({ device, adapter }: Pick<Capabilities, "device" | "adapter">): ComponentChildren {
  return device === "gpu" ? (adapter ?? words.value.notTold) : "–";
}
