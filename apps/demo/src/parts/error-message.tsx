import type { VNode } from "preact";
import { WorkerError } from "../engine/plain-error.js";
import "./error-message.css";

export interface ErrorMessageProps {
  readonly error: unknown;
  /** Whether the error is expected, such as a missing GPU; it is then not shown as an alarm. */
  readonly isExpected?: boolean;
}

/** An error message. An IsoconvError's message has what, where and a hint in one line. */
export function ErrorMessage({ error, isExpected = false }: ErrorMessageProps): VNode {
  const { code, message } = error instanceof WorkerError ? error.parts : { code: undefined, message: messageOf(error) };
  // Errors are in English; other texts follow the page's language.
  const lang = error instanceof Error ? "en" : undefined;
  return (
    <p class={isExpected ? "error expected" : "error"} lang={lang} {...(isExpected ? {} : { role: "alert" as const })}>
      {code !== undefined && <strong>{code}</strong>} {code === undefined ? message : withoutCode(message, code)}
    </p>
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function withoutCode(message: string, code: string): string {
  return message.startsWith(`${code}: `) ? message.slice(code.length + 2) : message;
}
