import { join } from "node:path";
import { expect, it } from "vitest";
import { cacheFolder, folderOf, isOffline } from "./cache-folder.node.js";

const home = join("/", "home", "me");

it.each([
  ["linux", {}, join(home, ".cache", "isoconv")],
  ["linux", { XDG_CACHE_HOME: "/fast" }, join("/fast", "isoconv")],
  ["linux", { XDG_CACHE_HOME: "/fast", ISOCONV_CACHE: "/models" }, "/models"],
  ["linux", { ISOCONV_CACHE: "" }, join(home, ".cache", "isoconv")],
  ["darwin", {}, join(home, "Library", "Caches", "isoconv")],
  ["win32", { LOCALAPPDATA: "/local" }, join("/local", "isoconv")],
])("the cache on %s with %o is in %s", (platform, env, folder) => {
  expect(cacheFolder({ platform, env, home })).toBe(folder);
});

it("files of the same name are in folders of their own", () => {
  const [a, b] = ["https://a.example/model.pth", "https://b.example/model.pth"].map((address) =>
    folderOf("/models", new URL(address)),
  );
  expect(a).toMatch(/^[/\\]models[/\\][\da-f]{16}$/);
  expect(a).not.toBe(b);
});

it("ISOCONV_OFFLINE switches downloads off, unless it is 0", () => {
  expect([{}, { ISOCONV_OFFLINE: "0" }, { ISOCONV_OFFLINE: "" }].map((env) => isOffline(env))).toEqual([
    false,
    false,
    false,
  ]);
  expect(isOffline({ ISOCONV_OFFLINE: "1" })).toBe(true);
});
