const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Escapes a text for an element or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** A link, or the text with the address if that is no web address. */
export function anchor(text: string, address: string): string {
  if (!/^https?:\/\//i.test(address)) return `${escapeHtml(text)} (${escapeHtml(address)})`;
  return `<a href="${escapeHtml(address)}" rel="noopener noreferrer">${escapeHtml(text)}</a>`;
}

/** A table with a caption and column headings; the first cell of each row is its heading. Cells are HTML. */
export function htmlTable(caption: string, header: readonly string[], rows: readonly (readonly string[])[]): string {
  const heads = header.map((cell) => `<th scope="col">${cell}</th>`).join("");
  const body = rows.map(([first = "", ...rest]) => {
    const cells = rest.map((cell) => (cell.startsWith("<td") ? cell : `<td>${cell}</td>`)).join("");
    return `<tr><th scope="row">${first}</th>${cells}</tr>`;
  });
  return (
    `<div class="scroll" tabindex="0" role="region" aria-label="${escapeHtml(caption)}"><table><caption>${escapeHtml(caption)}</caption>` +
    `<thead><tr>${heads}</tr></thead><tbody>${body.join("")}</tbody></table></div>`
  );
}

/** The id of an element. Characters other than letters and digits become their codes, so that ids are unique. */
export function anchorId(...parts: readonly string[]): string {
  return parts
    .map((part) => part.replaceAll(/[^A-Za-z0-9]/g, (character) => `_${character.charCodeAt(0).toString(16)}_`))
    .join("-");
}
