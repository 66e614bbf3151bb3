/** Characters with a meaning in Markdown or in HTML within Markdown. */
const SPECIAL = /[\\`*_[\]<>|#&~]/g;

/** Escapes a text and puts it on one line. */
export function escapeMarkdown(text: string): string {
  return text.replaceAll(/\s*[\p{Cc}\u2028\u2029]+\s*/gu, " ").replaceAll(SPECIAL, String.raw`\$&`);
}

/** A code span, delimited by more backticks than the text contains. Pipes are escaped, because they end a cell even here. */
export function code(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ").replaceAll("|", String.raw`\|`);
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const space = longest > 0 || line === "" ? " " : "";
  return `${fence}${space}${line}${space}${fence}`;
}

/** A link, or the text with the address if that is neither a web address nor a path. */
export function link(text: string, address: string): string {
  if (!/^(https?:\/\/|\.{0,2}\/|[\w-]+\/)[^\s<>()|]*$/.test(address))
    return `${escapeMarkdown(text)} (${escapeMarkdown(address)})`;
  return `[${escapeMarkdown(text)}](${address})`;
}

/** A table; the cells are Markdown. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n");
}
