const NAME = "[A-Za-z_][\\w:.-]*";
const TAG = new RegExp(`^<(/?)(${NAME})((?:\\s+${NAME}="[^"<]*")*)\\s*(/?)>`);

/**
 * Checks that a text is well-formed XML of elements, attributes and text, with the five predefined entities.
 *
 * @returns the number of elements by name
 */
export function checkXml(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const open: string[] = [];
  let rest = text.trim();
  if (!rest.startsWith("<")) throw new Error("no root element");
  while (rest !== "") {
    if (rest.startsWith("<")) {
      const [whole, closing, name, attributes, empty] = TAG.exec(rest) ?? [];
      if (whole === undefined) throw new Error(`no tag: ${rest.slice(0, 60)}`);
      const names = [...attributes.matchAll(new RegExp(`(${NAME})="`, "g"))].map((match) => match[1]);
      if (new Set(names).size !== names.length) throw new Error(`an attribute twice: ${whole}`);
      checkText(attributes);
      if (closing === "/") {
        const opened = open.pop();
        if (opened !== name) throw new Error(`</${name}> closes <${opened}>`);
      } else {
        counts.set(name, (counts.get(name) ?? 0) + 1);
        if (empty === "") open.push(name);
      }
      rest = rest.slice(whole.length);
      if (open.length === 0 && rest.trim() !== "") throw new Error("more than one root element");
    } else {
      const end = rest.indexOf("<");
      checkText(end === -1 ? rest : rest.slice(0, end));
      rest = end === -1 ? "" : rest.slice(end);
    }
  }
  if (open.length > 0) throw new Error(`not closed: ${open.join()}`);
  return counts;
}

function checkText(text: string): void {
  const bad = /&(?!(?:amp|lt|gt|quot|apos);)/.exec(text) ?? /[^\P{Cc}\t\n\r]|[\p{Cs}\uFFFE\uFFFF]/u.exec(text);
  if (bad !== null) throw new Error(`not escaped: ${text.slice(bad.index, bad.index + 20)}`);
}
