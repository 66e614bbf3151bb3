import { matchesAny } from "@isoconv/conformance";
import { faults } from "@isoconv/conformance-faults";
import { expect, it } from "vitest";
import { faultFilter } from "./fault-filter.js";

const filterOf = (name: string): string => faultFilter(faults.find((fault) => fault.name === name)!);

it("selects the families that should find a fault, for its operations", () => {
  expect(filterOf("relu-drops-nan")).toBe("op/relu/special** probe/**");
  expect(filterOf("undeclared-flush")).toBe("probe/** op/*/special**");
  expect(filterOf("foreign-error")).toBe("op/*/error** error/** contract/**");
});

it("selects whole networks if a fault lies between operations", () => {
  expect(filterOf("folds-with-wrong-epsilon").split(" ")).toContain("model/**");
  expect(filterOf("relu-in-place").split(" ")).not.toContain("model/**");
});

it("includes the cases that find the fault, and no case of other operations", () => {
  const globs = filterOf("relu-drops-nan").split(" ");
  expect(matchesAny(globs, "op/relu/special/nan-first")).toBe(true);
  expect(matchesAny(globs, "probe/non-finite")).toBe(true);
  expect(matchesAny(globs, "op/elu/special/nan-first")).toBe(false);
});
