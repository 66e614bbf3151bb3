import { models } from "@isoconv/zoo";
import { expect, it } from "vitest";
import { backends } from "./backends.js";
import { isoconvHere } from "./command.test.support.js";

it.each(["summary", "draw", "run", "diff", "bench"])(
  "%s --help lists the networks, what else may stand in their place, the exit codes and the documentation",
  async (command) => {
    const { status, stdout } = await isoconvHere(command, "--help");
    expect(status).toBe(0);
    for (const { name } of models) expect(stdout).toContain(` ${name}`);
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(
      "./graph.json of graphToJson, or ./module.js that exports network",
    );
    expect(stdout).toMatch(/Exit status:\n {2}0 {2}done/);
    expect(stdout).toMatch(/\nDocumentation: \S+README\.md\n$/);
    expect(stdout).not.toMatch(/default: (\[\]|false)/);
  },
);

it("marks required options, and lists names, units and defaults", async () => {
  const { stdout } = await isoconvHere("run", "--help");
  const text = stdout.replaceAll(/\s+/g, " ");
  expect(text).toContain(`--backend <id> (required) ${backends.map(({ id }) => id).join(", ")}`);
  expect(text).toContain("--input <file[#tensor]> (required)");
  expect(text).toContain("--top <count> most likely classes to show of each image; default: 5, or 1 of several images");
  expect(text).not.toContain("--output <file> (required)");
  const report = await isoconvHere("report", "--help");
  expect(report.stdout.replaceAll(/\s+/g, " ")).toContain("--output <file> (required)");
});

it("conformance --help has its own exit codes", async () => {
  const { stdout } = await isoconvHere("conformance", "--help");
  expect(stdout).toContain("3  nothing could be run: bad options");
  expect(stdout).not.toContain("2  bad arguments");
});
