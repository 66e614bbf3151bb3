export { runInPage, type PageBackend, type PageOutcome, type PageRunOptions } from "./browser/run-in-page.js";
