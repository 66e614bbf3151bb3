import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { documents, readText, root } from "./repository.test.support.js";

it.each(documents())("every relative link of %s leads to a file", (document) => {
  const links = [...readText(document).matchAll(/\]\((?!https?:|#|mailto:)([^)\s#]+)/g)].map(
    ([, target = ""]) => target,
  );
  const broken = links.filter((target) => !existsSync(join(root, dirname(document), target)));
  expect(broken).toEqual([]);
});
