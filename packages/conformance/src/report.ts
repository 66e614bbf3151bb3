export * from "./report/codec.js";
export { escapeMarkdown, markdownTable } from "./report/markdown.js";
export { escapeHtml, htmlTable } from "./report/page/html.js";
