export { findBrowser, launchBrowser } from "./browser.js";
export { openPages, type PageReport, type PageRun, type Pages } from "./suite-in-page.js";
