import { describe, expect, it } from "vitest";
import { manifestOf, readText, workspaces, type Manifest } from "./repository.test.support.js";

/** The folders of CONTRIBUTING's map, from the ground up. */
const map = /## The map\n.*?```\n(.*?)```/s
  .exec(readText("CONTRIBUTING.md"))?.[1]
  ?.trim()
  .split("\n")
  .map((line) => line.split(/\s/)[0] ?? "");

const folderOf = new Map(workspaces().map((folder) => [manifestOf(folder).name, folder]));

function arrowsOf({ dependencies = {}, peerDependencies = {} }: Manifest): readonly string[] {
  return Object.keys({ ...dependencies, ...peerDependencies }).flatMap((name) => folderOf.get(name) ?? []);
}

describe("the map in CONTRIBUTING", () => {
  it("names every workspace once", () => {
    expect(map?.filter((folder) => workspaces().includes(folder)).toSorted()).toEqual(workspaces().toSorted());
    expect(new Set(map).size).toBe(map?.length);
  });

  it.each(workspaces())("has everything %s imports above it", (folder) => {
    const manifest = manifestOf(folder);
    const developed = Object.keys(manifest.devDependencies ?? {}).flatMap((name) => folderOf.get(name) ?? []);
    const place = map?.indexOf(folder) ?? -1;
    const below = [...arrowsOf(manifest), ...developed].filter((other) => (map?.indexOf(other) ?? -1) >= place);
    expect(below).toEqual([]);
  });
});

describe("what a stranger installs", () => {
  const reach = (folder: string): ReadonlySet<string> => {
    const reached = new Set<string>();
    const visit = (at: string): void => {
      if (reached.has(at)) return;
      reached.add(at);
      arrowsOf(manifestOf(at)).forEach(visit);
    };
    visit(folder);
    return reached;
  };

  it.each(["backend-onnx", "backend-tfjs", "backend-reference"])(
    "%s brings no other adapter, nor the suite",
    (name) => {
      const others = [...reach(`packages/${name}`)].filter((folder) => folder !== `packages/${name}`);
      expect(others.filter((folder) => folder !== "packages/core-spec" && folder !== "packages/onnx")).toEqual([]);
    },
  );

  it("the suite brings no runtime's adapter, no faults and no bench", () => {
    expect([...reach("packages/conformance")].map((folder) => folder.replace("packages/", "")).toSorted()).toEqual([
      "backend-reference",
      "conformance",
      "core-spec",
      "judge",
      "nn",
      "weights",
      "zoo",
    ]);
  });

  it("every published package depends on published packages only", () => {
    for (const folder of workspaces()) {
      if (manifestOf(folder).private === true) continue;
      const unpublished = [...reach(folder)].filter((other) => manifestOf(other).private === true);
      expect(unpublished, folder).toEqual([]);
    }
  });
});

it("every workspace has a README", () => {
  for (const folder of workspaces()) expect(readText(`${folder}/README.md`).length, folder).toBeGreaterThan(80);
});
