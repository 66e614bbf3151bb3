/** What a section of docs/bundlers.md tells its reader to do. */
export interface Recipe {
  readonly title: string;
  /** The text of each file by its path. */
  readonly files: Readonly<Record<string, string>>;
  /** The commands, in order, except those that install packages. */
  readonly commands: readonly string[];
  /** The packages that the commands install, with versions where the page names them. */
  readonly packages: readonly string[];
  /** Headers of the server that serves the result. */
  readonly headers: Readonly<Record<string, string>>;
  /** Why the page says that the recipe is not run. */
  readonly notRun: string | undefined;
}

const SECTION = /^(#{2,3}) (.*)\n([^]*?)(?=^#{2,3} |$(?![^]))/gm;
const BLOCK = /^```(\w+)(?: (\S+))?\n([^]*?)^```$/gm;
const NOT_RUN = /^Not run by the tests: (.*)$/m;

/**
 * The recipes of a page: its sections with code. A section has the files and packages of those it is part of, and its commands
 * follow theirs: every section has those of the first one with code, and a subsection those of its section.
 *
 * @throws Error for a block of code that is neither a file, nor commands, nor headers
 */
export function recipesOf(page: string): readonly Recipe[] {
  const recipes: Recipe[] = [];
  let program: Recipe | undefined;
  let section: Recipe | undefined;
  for (const [, level, title = "", text = ""] of page.matchAll(SECTION)) {
    const recipe = extended(level === "###" ? section : program, title, text);
    if (level === "##") section = recipe;
    if (!BLOCK.test(text)) continue;
    BLOCK.lastIndex = 0;
    if (program === undefined) program = recipe;
    else recipes.push(recipe);
  }
  return recipes;
}

function extended(base: Recipe | undefined, title: string, text: string): Recipe {
  const files = { ...base?.files };
  const commands = [...(base?.commands ?? [])];
  const packages = [...(base?.packages ?? [])];
  const headers = { ...base?.headers };
  for (const [, language, path, content = ""] of text.matchAll(BLOCK)) {
    const lines = content.trim().split("\n");
    if (path !== undefined) files[path] = content;
    else if (language === "sh") {
      for (const line of lines) {
        const [, installed] = /^npm install (?:--save-dev )?(.*)$/.exec(line) ?? [];
        if (installed === undefined) commands.push(line);
        else packages.push(...installed.split(" "));
      }
    } else if (language === "http") {
      for (const line of lines) {
        const colon = line.indexOf(": ");
        headers[line.slice(0, colon)] = line.slice(colon + 2);
      }
    } else throw new Error(`${title}: a block of ${language} without a file's name`);
  }
  return { title, files, commands, packages, headers, notRun: NOT_RUN.exec(text)?.[1] };
}
