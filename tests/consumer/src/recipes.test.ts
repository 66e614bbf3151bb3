import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { connectBrowser, findBrowser, serveFolder } from "@isoconv/browser-tests";
import type { Browser } from "playwright";
import { createServer } from "vite";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { readManifest, root } from "./packed-project.test.support.js";
import { recipesOf, type Recipe } from "./recipes.test.support.js";
import { folderOf } from "./toolchain.test.support.js";

const recipes = recipesOf(await readFile(join(root, "docs/bundlers.md"), "utf8"));

/** What every recipe's program answers. */
const ANSWER = "Ankle boot";

/** The recipes whose tools the workspace has: `npm test` runs them, with the same versions as the toolchain. */
const WITHOUT_TOOLCHAIN: readonly string[] = [
  "Vite",
  "Workers in Vite",
  "Content Security Policy",
  "esbuild",
  "Service workers",
  "Classic scripts",
  "Node",
];

/** Where bundlers write their sites. */
const SITES = ["dist", "out"];

const toolchain = inject("toolchain");
const hasBrowser = findBrowser() !== undefined;

/** A folder inside the toolchain, so that programs find its packages and then those of the workspace. */
let folder: string;
let browser: Browser | undefined;
beforeAll(async () => {
  const parent = join(root, "tests/consumer/toolchain/dist");
  await mkdir(parent, { recursive: true });
  folder = await mkdtemp(join(parent, "recipes-"));
  const scope = join(folder, "node_modules/@isoconv");
  await cp(join(inject("packed").path, "node_modules/@isoconv"), scope, { recursive: true });
  if (hasBrowser) browser = await connectBrowser(inject("browser"));
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

/** The folder of a package where programs in the folder of a recipe find it. */
function packageFolder(name: string): string {
  const modules = [folder, join(root, "tests/consumer/toolchain"), root].map((each) =>
    join(each, "node_modules", name),
  );
  const found = modules.find((path) => existsSync(join(path, "package.json")));
  if (found === undefined) throw new Error(`docs/bundlers.md installs ${name}, which is not here`);
  return found;
}

/** Writes the files of a recipe, and links the packages that it installs. */
async function prepare({ title, files, packages }: Recipe): Promise<string> {
  const project = join(folder, title.replaceAll(/\W+/g, "-").toLowerCase());
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(project, path)), { recursive: true });
    await writeFile(join(project, path), text);
  }
  for (const each of packages) {
    const [, name = "", version] = /^(@?[^@]+)(?:@(.+))?$/.exec(each) ?? [];
    const source = packageFolder(name);
    if (version !== undefined) expect((await readManifest(source)).version).toBe(version);
    const link = join(project, "node_modules", name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(source, link);
  }
  return project;
}

/** Where the commands of the page are found: `npx` would look no further than the project. */
function commandPath(tools: string): string {
  const bins = [tools, root].map((each) => join(each, "node_modules/.bin"));
  // These packages have a program for each platform, which their install scripts would put in place.
  const system = `${process.platform}-${process.arch}`;
  const deno = join(tools, "node_modules/@deno", process.platform === "linux" ? `${system}-glibc` : system);
  const bun = join(tools, "node_modules/@oven", `bun-${system}`, "bin");
  return [deno, bun, ...bins, process.env["PATH"]].join(delimiter);
}

/** Runs the commands and returns what the last one printed. */
async function follow({ commands }: Recipe, project: string, tools: string): Promise<string> {
  const env = { ...process.env, PATH: commandPath(tools), NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" };
  let printed = "";
  for (const command of commands) {
    const { stdout } = await promisify(execFile)("sh", ["-c", command.replace(/^npx /, "")], { cwd: project, env });
    printed = stdout;
  }
  return printed;
}

/** Waits until a page has text, and returns it. */
async function textAt(url: string): Promise<{ readonly text: string; readonly errors: readonly string[] }> {
  const page = await browser!.newPage();
  const errors: string[] = [];
  page.on("pageerror", ({ message }) => errors.push(message));
  try {
    await page.goto(url);
    const body = page.locator("body", { hasText: /\w/ });
    await body.waitFor({ timeout: 60_000 });
    return { text: (await body.innerText()).trim(), errors };
  } catch (cause) {
    throw new Error(`${url} shows nothing; ${errors.join("; ")}`, { cause });
  } finally {
    await page.close();
  }
}

describe("the recipe of docs/bundlers.md for", () => {
  it.for(recipes.map((recipe) => [recipe.title, recipe] as const))(
    "%s works as it stands",
    async ([, recipe], { skip }) => {
      if (recipe.notRun !== undefined) skip(recipe.notRun);
      const tools = WITHOUT_TOOLCHAIN.includes(recipe.title) ? root : folderOf(toolchain, skip);
      const project = await prepare(recipe);
      const printed = await follow(recipe, project, tools);
      const site = SITES.find((each) => existsSync(join(project, each, "index.html")));
      if (site === undefined) return expect(printed.trim()).toBe(ANSWER);
      if (!hasBrowser) return;
      const server = await serveFolder(join(project, site), { headers: recipe.headers });
      try {
        expect(await textAt(`${server.origin}/index.html`)).toEqual({ text: ANSWER, errors: [] });
      } finally {
        await server.close();
      }
    },
  );

  it.for(["Vite", "Workers in Vite"])("%s works in the development server", async (title, { skip }) => {
    if (!hasBrowser) skip("no browser");
    const recipe = recipes.find((each) => each.title === title)!;
    const project = await prepare({ ...recipe, title: `${title} development` });
    const server = await createServer({ root: project, logLevel: "error", server: { port: 0, host: "127.0.0.1" } });
    try {
      await server.listen();
      const [url = ""] = server.resolvedUrls?.local ?? [];
      expect(await textAt(url)).toEqual({ text: ANSWER, errors: [] });
    } finally {
      await server.close();
    }
  });
});

it("only the recipes that say so are not run", () => {
  expect(recipes.filter(({ notRun }) => notRun !== undefined).map(({ title }) => title)).toEqual(["Electron"]);
  expect(recipes.map(({ title }) => title)).toEqual([
    "Vite",
    "Workers in Vite",
    "Content Security Policy",
    "webpack 5",
    "Rollup",
    "esbuild",
    "Service workers",
    "Classic scripts",
    "Next.js",
    "Node",
    "Deno",
    "Bun",
    "Electron",
  ]);
});
