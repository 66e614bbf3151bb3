// Lets every module of a Node program find tfjs-node, and the tfjs-core it came with, where build.sh put them:
//   node --import ./tools/tensorflow/resolve.mjs program.js
// ISOCONV_TENSORFLOW names the folder when it is not .tensorflow at the root of the repository.
import { register } from "node:module";
import { pathToFileURL } from "node:url";

const folder = process.env["ISOCONV_TENSORFLOW"];
const parent = folder === undefined ? new URL("../../.tensorflow/", import.meta.url) : pathToFileURL(`${folder}/`);

const hooks = `
  let parentURL;
  export function initialize(url) {
    parentURL = new URL("package.json", url).href;
  }
  export function resolve(specifier, context, next) {
    const ours = /^@tensorflow\\/tfjs-(core|node(-gpu)?)$/.test(specifier);
    return next(specifier, ours ? { ...context, parentURL } : context);
  }
`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`, { data: parent.href });
