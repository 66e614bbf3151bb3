import { messageOf } from "./failure.js";

/** Browsers' words for a package's name in place of an address, and for a script that cannot be loaded. */
const NOT_BUNDLED = /failed to resolve module specifier|bare specifier|does not resolve to a valid URL/i;
const NOT_SERVED =
  /failed to fetch dynamically imported module|error loading dynamically imported module|importing a module script failed/i;

const SERVE = "Deploy all files of one build, serve .js and .mjs as text/javascript, and reload the page";

/**
 * What to do about a package that is installed and does not load.
 *
 * @param reinstall a sentence with the command that installs it again
 * @returns `undefined` for an unknown cause: no advice is better than a wrong one
 */
export async function peerAdvice(cause: unknown, reinstall: string): Promise<string | undefined> {
  const text = messageOf(cause);
  if (NOT_BUNDLED.test(text)) {
    return "The page's code was built without it: bundle it, or give its address in an import map";
  }
  if (NOT_SERVED.test(text)) return SERVE;
  // Pages do not download it unless they need it; if they cannot, they lack files of their own as well.
  return import("./native-advice.js").then(
    ({ nativeAdvice }) => nativeAdvice(text, reinstall),
    () => SERVE,
  );
}
