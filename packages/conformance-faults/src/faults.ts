import * as activations from "./activations.js";
import * as convolutionChannels from "./convolution-channels.js";
import * as convolutionGeometry from "./convolution-geometry.js";
import * as dense from "./dense.js";
import * as elementwise from "./elementwise.js";
import { byName, type Fault } from "@isoconv/conformance/faults";
import * as layerNorm from "./layer-norm.js";
import * as lifetime from "./lifetime.js";
import * as movement from "./movement.js";
import * as normalisation from "./normalisation.js";
import * as passes from "./passes.js";
import * as pooling from "./pooling.js";
import * as refusals from "./refusals.js";
import * as state from "./state.js";
import * as undeclaredArithmetic from "./undeclared-arithmetic.js";

/** All faults: every export of the files of faults. */
export const faults: readonly Fault[] = [
  convolutionGeometry,
  convolutionChannels,
  undeclaredArithmetic,
  pooling,
  normalisation,
  layerNorm,
  activations,
  elementwise,
  dense,
  movement,
  passes,
  state,
  lifetime,
  refusals,
].flatMap((file) => byName(Object.values<Fault>(file)));
