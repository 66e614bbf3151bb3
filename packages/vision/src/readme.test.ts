import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const packageFile = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));

const readme = readFileSync(packageFile("README.md"), "utf8");
const examples = [...readme.matchAll(/```js\n(import .*?)```/gs)].map(([, code = ""]) => code);

it.skipIf(!existsSync(packageFile("dist/index.js")))("the README's examples print what their comments say", () => {
  expect(examples).toHaveLength(2);
  for (const example of examples) {
    const promised = [...example.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map(([, comment]) => comment);
    expect(promised.length).toBeGreaterThan(0);
    const printed = execFileSync(process.execPath, ["--input-type=module", "--eval", example], {
      cwd: packageFile("."),
      encoding: "utf8",
    });
    expect(printed.trimEnd().split("\n")).toEqual(promised);
  }
});
