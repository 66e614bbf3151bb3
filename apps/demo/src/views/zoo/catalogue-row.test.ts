import { models } from "@isoconv/zoo";
import { describe, expect, it } from "vitest";
import {
  applicableSorting,
  filterRows,
  nextSorting,
  otherDataset,
  rowsOf,
  sortingOf,
  sortRows,
  type Filter,
} from "./catalogue-row.js";

const figures = new Map([
  ["d2l/lenet", { parameters: 61_706, macs: 416_520, receptiveField: 16 }],
  ["resnet18", { parameters: 11_689_512, macs: 1_814_073_344, receptiveField: 435 }],
  ["efficientnet_b0", { parameters: 5_288_548, macs: 385_814_752, receptiveField: null }],
]);
const rows = rowsOf(figures, new Map([["d2l/lenet", { top1: 90.94, dataset: "Fashion-MNIST", weights: "own" }]]));
const everything: Filter = { find: "", family: "", onlyPublished: false };
const names = (of: typeof rows): readonly string[] => of.map(({ definition }) => definition.name);

it("there is a row for every network, whether its figures are known or not", () => {
  expect(names(rows)).toEqual(models.map(({ name }) => name));
  expect(rows.find(({ definition }) => definition.name === "vgg11")?.figures).toBeUndefined();
});

it("an accuracy is that of the trained weights, or else of the best published ones", () => {
  const accuracyOf = (name: string): number | undefined => rows[names(rows).indexOf(name)].accuracy?.top1;
  expect(accuracyOf("d2l/lenet")).toBe(90.94);
  expect(accuracyOf("resnet50")).toBe(80.858);
  expect(accuracyOf("lenet5")).toBeUndefined();
});

it("an accuracy names its data set if it is not ImageNet", () => {
  const named = rows.flatMap(({ definition, accuracy }) => {
    const dataset = accuracy && otherDataset(accuracy);
    return dataset === undefined ? [] : [[definition.name, dataset]];
  });
  expect(named).toEqual([["d2l/lenet", "Fashion-MNIST"]]);
});

describe("sorting", () => {
  it("puts unknown values last in both directions", () => {
    const ascending = names(sortRows(rows, { key: "parameters", isDescending: false })).slice(0, 3);
    expect(ascending).toEqual(["d2l/lenet", "efficientnet_b0", "resnet18"]);
    expect(names(sortRows(rows, { key: "parameters", isDescending: true })).slice(0, 3)).toEqual(
      ascending.toReversed(),
    );
  });

  it("sorts a receptive field of the whole image as the largest", () => {
    expect(names(sortRows(rows, { key: "receptiveField", isDescending: true }))[0]).toBe("efficientnet_b0");
  });

  it("waits until all figures are known only when it is by a figure", () => {
    const byMacs = { key: "macs", isDescending: true } as const;
    const byAccuracy = { key: "accuracy", isDescending: true } as const;
    expect(applicableSorting(byMacs, false)).toBeUndefined();
    expect(applicableSorting(byMacs, true)).toBe(byMacs);
    expect(applicableSorting(byAccuracy, false)).toBe(byAccuracy);
  });

  it("goes from ascending to descending and back", () => {
    expect(sortingOf(nextSorting("macs", undefined) ?? "")).toEqual({ key: "macs", isDescending: false });
    expect(sortingOf(nextSorting("macs", { key: "macs", isDescending: false }) ?? "")).toEqual({
      key: "macs",
      isDescending: true,
    });
    expect(nextSorting("macs", { key: "macs", isDescending: true })).toBeUndefined();
    expect(sortingOf("nonsense")).toBeUndefined();
  });
});

describe("a filter", () => {
  it("finds networks by words of name, family and summary", () => {
    expect(names(filterRows(rows, { ...everything, find: "TORCHVISION 161" }))).toEqual(["densenet161"]);
    expect(filterRows(rows, { ...everything, family: "vgg", find: "bn" })).toHaveLength(4);
  });

  it("keeps networks with published weights, known or not yet", () => {
    const found = names(filterRows(rowsOf(new Map(), new Map()), { ...everything, onlyPublished: true }));
    expect(found).toContain("d2l/lenet");
    expect(found).not.toContain("lenet5");
  });
});
