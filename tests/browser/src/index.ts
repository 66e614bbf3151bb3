export { connectBrowser, findBrowser, launchBrowser, launchBrowserServer, launchOnDisk, PATIENCE } from "./browser.js";
export { isolating, serveFolder, type FolderServer, type ServerBehaviour } from "./folder-server.js";
export { openPages, type PageReport, type PageRun, type Pages } from "./suite-in-page.js";
