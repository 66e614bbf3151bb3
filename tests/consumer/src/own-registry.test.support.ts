import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { readManifest, type PackedProject } from "./packed-project.test.support.js";

/** A registry on this machine that has the packed packages and nothing else. */
export interface OwnRegistry {
  /** The text of an `.npmrc` with which npm asks it for @isoconv; all else comes from the registry npm is set up for. */
  readonly npmrc: string;
  /** Keeps npm from asking a proxy for it. */
  readonly environment: Readonly<Record<string, string>>;
  readonly close: () => void;
}

/** Serves the tarballs as a registry does, so that commands which name published packages work before these are. */
export async function serveTarballs({ path, tarballs }: PackedProject): Promise<OwnRegistry> {
  const files = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    const body = files.get(decodeURIComponent(request.url ?? ""));
    response.writeHead(body === undefined ? 404 : 200).end(body ?? "{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const { name, filename } of tarballs) {
    const tarball = await readFile(join(path, filename));
    const integrity = `sha512-${createHash("sha512").update(tarball).digest("base64")}`;
    const manifest = await readManifest(join(path, "node_modules", name));
    const version = { ...manifest, dist: { tarball: `${url}/${filename}`, integrity } };
    const document = {
      name,
      "dist-tags": { latest: manifest.version },
      versions: { [manifest.version]: version },
    };
    files.set(`/${filename}`, tarball);
    files.set(`/${name}`, Buffer.from(JSON.stringify(document)));
  }
  const direct = [process.env["NO_PROXY"], "127.0.0.1"].filter((host) => host !== undefined).join(",");
  return {
    npmrc: `@isoconv:registry=${url}\n`,
    environment: { NO_PROXY: direct },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
