import { matchesAny } from "@isoconv/conformance";
import { faults } from "@isoconv/conformance-faults";
import { expect, it } from "vitest";
import { faultFilter } from "./fault-filter.js";

const filterOf = (name: string): string => faultFilter(faults.find((fault) => fault.name === name)!);

it("asks for the families that should find a fault, of its operations", () => {
  expect(filterOf("relu-drops-nan")).toBe("op/relu/special** probe/**");
  expect(filterOf("undeclared-flush")).toBe("probe/** op/*/special**");
  expect(filterOf("foreign-error")).toBe("op/*/error** error/** contract/**");
});

it("asks for whole networks where a fault lies between operations", () => {
  expect(filterOf("folds-with-wrong-epsilon").split(" ")).toContain("model/**");
  expect(filterOf("relu-in-place").split(" ")).not.toContain("model/**");
});

it("takes in the cases that find it, and those of other operations not", () => {
  const globs = filterOf("relu-drops-nan").split(" ");
  expect(matchesAny(globs, "op/relu/special/nan-first")).toBe(true);
  expect(matchesAny(globs, "probe/non-finite")).toBe(true);
  expect(matchesAny(globs, "op/elu/special/nan-first")).toBe(false);
});
