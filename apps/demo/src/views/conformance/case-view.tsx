import { formatShare, formatWorst } from "@isoconv/conformance";
import type { ComponentChildren, VNode } from "preact";
import { ErrorMessage } from "../../parts/error-message.js";
import { WorkerError } from "../../engine/plain-error.js";
import { saveFile } from "../../parts/save-file.js";
import { ComparedOutput, TensorList } from "./tensors.js";
import type { CaseDetail, CaseLine, CaseNetwork } from "./suite-tasks.js";
import { isFaultId, type Target } from "./target.js";
import { words } from "./words.js";

/** A case, its result, and the files to send to the maintainers of the runtime. */
export function CaseView({ target, detail }: { readonly target: Target; readonly detail: CaseDetail }): VNode {
  const { asks: asksTitle, again, faultAgain } = words.value;
  const { line, network, asks, command } = detail;
  return (
    <>
      <Verdict line={line} />
      {network !== undefined && <Network network={network} />}
      {asks !== undefined && <Text title={asksTitle} text={asks} />}
      <Text title={again} text={command} />
      {isFaultId(target) && <p class="faint">{faultAgain}</p>}
    </>
  );
}

function Verdict({ line }: { readonly line: CaseLine }): VNode {
  const { statuses, reason, measured, share, worst } = words.value;
  const facts: readonly (readonly [string, ComponentChildren])[] = [
    ...(line.reason === undefined ? [] : [[reason, line.reason] as const]),
    ...(line.measured === undefined ? [] : [[measured, line.measured] as const]),
    ...line.shares.flatMap(({ op, share: used, worst: element }) => [
      [share, `${op}: ${formatShare(used)}`] as const,
      ...(element === undefined ? [] : [[worst, formatWorst(element)] as const]),
    ]),
  ];
  return (
    <dl>
      <dt>{words.value.verdict}</dt>
      <dd>
        <strong class={colorOf(line.status)}>{statuses[line.status]}</strong>
      </dd>
      {facts.map(([term, text], index) => (
        <div key={index}>
          <dt>{term}</dt>
          <dd lang="en">{text}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Cases that were not decided have neither colour. */
function colorOf(status: CaseLine["status"]): "good" | "bad" | undefined {
  if (status === "pass") return "good";
  return status === "fail" || status === "error" || status === "xpass" ? "bad" : undefined;
}

function Network({ network }: { readonly network: CaseNetwork }): VNode {
  const { network: title, outputs, inputs, parameters } = words.value;
  return (
    <>
      <Text title={title} text={network.printout} />
      <h4>{outputs}</h4>
      {network.refusal !== undefined && <ErrorMessage error={new WorkerError(network.refusal)} />}
      {network.outputs.map((output) => (
        <ComparedOutput key={output.name} output={output} />
      ))}
      <TensorList title={inputs} tensors={network.inputs} />
      <TensorList title={parameters} tensors={network.parameters} />
      <Repro files={network.repro} />
    </>
  );
}

/** Saves the files under the names that the snippets in the README use. */
function Repro({ files }: { readonly files: CaseNetwork["repro"] }): VNode {
  const { repro, reproHint } = words.value;
  return (
    <>
      <h4>{repro}</h4>
      <p class="faint">{reproHint}</p>
      <p class="controls">
        {files.map(([name, content]) => (
          <button key={name} type="button" onClick={() => saveFile(name, content)}>
            {name}
          </button>
        ))}
      </p>
    </>
  );
}

function Text({ title, text }: { readonly title: string; readonly text: string }): VNode {
  return (
    <>
      <h4>{title}</h4>
      <pre class="scroll" tabIndex={0} role="region" aria-label={title}>
        {text}
      </pre>
    </>
  );
}
