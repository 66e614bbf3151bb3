import type { BackendModule, LoadBackend } from "@isoconv/core-spec";
import { expect, test } from "vitest";
import { modules as nodeModules } from "./node.js";
import { modules as pageModules } from "./page.js";

/** Options are refused before a runtime is looked for, so this needs neither a page nor a GPU. */
const modules: readonly (readonly [string, LoadBackend])[] = [
  ...Object.entries(nodeModules),
  ...Object.entries(pageModules).map(([id, load]) => [`${id} of pages`, load] as const),
];

const create = async (load: LoadBackend, options: object): Promise<unknown> => {
  const { createBackend }: BackendModule = await load();
  return createBackend(options);
};

test.each(modules)("%s refuses an unknown option and names the nearest", async (_id, load) => {
  await expect(create(load, { thread: 2 })).rejects.toThrow(
    /^INVALID_ATTRIBUTE: createBackend options\.thread: no such option; expected threads.*Did you mean "threads"\?$/,
  );
});

test.each(modules)("%s refuses a number of threads that is not a whole one above 0", async (_id, load) => {
  for (const threads of [0, 1.5, "2"]) {
    await expect(create(load, { threads })).rejects.toMatchObject({
      code: "INVALID_ATTRIBUTE",
      path: "options.threads",
    });
  }
  await expect(create(load, [])).rejects.toMatchObject({ code: "INVALID_ATTRIBUTE", path: "options" });
});
