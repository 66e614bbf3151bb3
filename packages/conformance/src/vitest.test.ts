import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { startVitest, type TestCase } from "vitest/node";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Runs the suites of `vitest-suite.test.support.ts` in a separate vitest. */
async function runSuites(): Promise<readonly TestCase[]> {
  try {
    const vitest = await startVitest("test", [], {
      root,
      config: false,
      watch: false,
      testTimeout: 300_000,
      include: ["src/vitest-suite.test.support.ts"],
      reporters: [{}],
    });
    const [module] = vitest.state.getTestModules();
    const tests = [...(module?.children.allTests() ?? [])];
    await vitest.close();
    return tests;
  } finally {
    process.exitCode = undefined;
  }
}

let all: readonly TestCase[] = [];
beforeAll(async () => void (all = await runSuites()));

/** The tests of one suite. */
const results = (suite: string): readonly TestCase[] =>
  all.filter(({ fullName }) => fullName.startsWith(`${suite} > `));

function stateOf(tests: readonly TestCase[], name: string): string | undefined {
  return tests.find((each) => each.fullName.endsWith(name))?.result().state;
}

function messageOf(tests: readonly TestCase[], name: string): string {
  const result = tests.find((each) => each.fullName.endsWith(name))?.result();
  if (result?.state === "skipped") return result.note ?? "";
  return (result?.errors ?? []).map(({ message }) => message).join("\n");
}

test("a correct backend passes every test, grouped by family and operation", () => {
  const tests = results("good");
  expect(tests).toHaveLength(7);
  expect(tests.map((each) => each.result().state)).toEqual(Array.from({ length: 7 }, () => "passed"));
  expect(tests[0]?.fullName).toBe("good > matrix > relu > op/relu/matrix/example");
  expect(
    tests
      .at(-1)
      ?.annotations()
      .map(({ message }) => message),
  ).toEqual(["conformant: all 5 cases of the inference profile pass (5 pass)"]);
});

test("a wrong backend fails its case and the verdict, with the command that repeats it", () => {
  const tests = results("bad");
  expect(stateOf(tests, "op/relu/matrix/example")).toBe("failed");
  expect(messageOf(tests, "op/relu/matrix/example")).toMatch(/^fail: .*\nisoconv conformance .*--replay/);
  expect(stateOf(tests, "op/conv2d/matrix/example")).toBe("passed");
  expect(messageOf(tests, "the verdict")).toMatch(/nonconformant: .*\(4 pass, 1 fail\)/);
});

test("expectations skip their cases with the reason, and one that matches no case fails a separate test", () => {
  const tests = results("expectations");
  expect(stateOf(tests, "op/relu/matrix/example")).toBe("skipped");
  expect(messageOf(tests, "op/relu/matrix/example")).toContain("expected failure: known (https://example.org)");
  expect(messageOf(tests, "op/conv2d/matrix/example")).toContain("hangs (https://example.org)");
  expect(stateOf(tests, "op/softmax/matrix/example")).toBe("skipped");
  expect(messageOf(tests, "op/softmax/matrix/example")).toContain("unsupported: softmax");
  expect(stateOf(tests, "op/maxPool2d/matrix/example")).toBe("failed");
  expect(messageOf(tests, "op/maxPool2d/matrix/example")).toMatch(/^xpass/);
  expect(stateOf(tests, "every expectation matches a case")).toBe("failed");
  expect(messageOf(tests, "the verdict")).toMatch(/drift/);
});
