const VOID = new Set(["meta", "link", "img", "br", "input"]);
const TAG = /<(\/?)([A-Za-z][\w-]*)((?:\s+[\w:-]+(?:="[^"<]*")?)*)\s*(\/?)>/y;

/** The errors in the nesting and escaping of XML, or of HTML with closed elements. */
export function wellFormedness(text: string): readonly string[] {
  const problems: string[] = [];
  const open: string[] = [];
  let at = text.startsWith("<?xml") || text.startsWith("<!doctype") ? text.indexOf(">") + 1 : 0;
  while (at < text.length) {
    const next = text.indexOf("<", at);
    const between = text.slice(at, next === -1 ? undefined : next);
    if (/&(?!(?:amp|lt|gt|quot|#\d+);)/.test(between)) problems.push(`bare & in ${between.slice(0, 80)}`);
    if (next === -1) break;
    TAG.lastIndex = next;
    const tag = TAG.exec(text);
    if (tag === null) return [...problems, `no tag at ${text.slice(next, next + 80)}`];
    const [whole, closing, name, , selfClosing] = tag;
    at = next + whole.length;
    if (closing === "/") {
      const expected = open.pop();
      if (expected !== name) problems.push(`</${name}> closes <${expected}>`);
    } else if (selfClosing === "" && !VOID.has(name)) {
      open.push(name);
      if (name === "script" || name === "style") at = text.indexOf(`</${name}>`, at);
    }
  }
  return [...problems, ...open.map((name) => `<${name}> is never closed`)];
}
