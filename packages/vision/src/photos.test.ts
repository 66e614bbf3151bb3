import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pretrainedFor } from "@isoconv/zoo";
import { expect, it } from "vitest";
import { golden, isFull, sha256 } from "./goldens.test.support.js";
import { readPicture } from "./node.js";
import { preprocess } from "./preprocess.js";

/** torchvision's input of MobileNetV2 for photographs that `tools/real-files` fetches. */
const photos = golden("photos") as readonly { readonly file: string; readonly bytes: string; readonly input: string }[];

it.for(photos)("the input of MobileNetV2 for $file is torchvision's", async ({ file, bytes, input }, { skip }) => {
  const path = join(process.env["ISOCONV_REAL_FILES"] ?? "", file);
  skip(!isFull, "photographs are compared in npm run test:full");
  skip(!existsSync(path), "node tools/real-files/fetch.mjs fetches the photographs");
  const content = readFileSync(path);
  expect(sha256(content)).toBe(bytes);
  const [weights] = pretrainedFor("mobilenet_v2");
  if (weights === undefined) throw new Error("no published weights");
  expect(sha256(preprocess(await readPicture(file, content), weights.preprocessing).data)).toBe(input);
});
