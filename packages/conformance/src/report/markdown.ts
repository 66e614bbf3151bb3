/** Characters that mean something in Markdown, or that HTML in it would take for its own. */
const SPECIAL = /[\\`*_[\]<>|#&~]/g;

/** Text as it is, on one line, whatever it holds. */
export function escapeMarkdown(text: string): string {
  return text.replaceAll(/\s*[\p{Cc}\u2028\u2029]+\s*/gu, " ").replaceAll(SPECIAL, String.raw`\$&`);
}

/** Text in a code span, fenced by more backticks than it holds. A pipe would end a table's cell even here. */
export function code(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ").replaceAll("|", String.raw`\|`);
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const space = longest > 0 || line === "" ? " " : "";
  return `${fence}${space}${line}${space}${fence}`;
}

/** A link, or the text alone where the address is no web address or path. */
export function link(text: string, address: string): string {
  if (!/^(https?:\/\/|\.{0,2}\/|[\w-]+\/)[^\s<>()|]*$/.test(address))
    return `${escapeMarkdown(text)} (${escapeMarkdown(address)})`;
  return `[${escapeMarkdown(text)}](${address})`;
}

/** A table of cells that are Markdown already. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n");
}
