import type { ParameterKind } from "../parameter.js";
import { constant, initialOr, randomSigns, uniformIn, uniformWithin, type Initializer } from "./initializer.js";
import { kaimingNormal, kaimingUniform } from "./kaiming.js";
import { xavierNormal, xavierUniform } from "./xavier.js";

/** How each kind of parameter is initialised. Make a custom one by spreading one of {@link schemes}. */
export type InitialisationScheme = Readonly<Record<ParameterKind, Initializer>>;

/**
 * As PyTorch's constructors: `kaiming_uniform_(a=√5)`, which is ±1/√fanIn, and batch norm as the identity. PyTorch has
 * no radial basis functions. LeCun and others (1998) put their centres at random corners of a cube, unless drawn by
 * hand.
 */
const pytorch: InitialisationScheme = Object.freeze({
  weight: kaimingUniform({ a: Math.sqrt(5) }),
  bias: uniformWithin(({ fanIn }) => 1 / Math.sqrt(fanIn)),
  scale: initialOr(1),
  shift: constant(0),
  runningMean: constant(0),
  runningVar: constant(1),
  center: randomSigns(),
});

/**
 * Every value differs from its neutral element, so that a backend that ignores a parameter is detected; weights keep
 * the signal's size through ReLU layers. The golden values in `goldens/data` are drawn with it
 * (`goldens/generator/README.md`).
 */
const conformance: InitialisationScheme = Object.freeze({
  weight: uniformWithin(({ fanIn }) => Math.sqrt(6 / fanIn)),
  bias: uniformIn(-0.1, 0.1),
  scale: uniformIn(0.5, 1.5),
  shift: uniformIn(-0.1, 0.1),
  runningMean: uniformIn(-0.1, 0.1),
  runningVar: uniformIn(0.5, 1.5),
  center: uniformIn(-0.1, 0.1),
});

/** The named schemes. The four after `pytorch` change only the weights and keep PyTorch's defaults for the rest. */
export const schemes = Object.freeze({
  pytorch,
  kaimingUniform: Object.freeze({ ...pytorch, weight: kaimingUniform() }),
  kaimingNormal: Object.freeze({ ...pytorch, weight: kaimingNormal() }),
  xavierUniform: Object.freeze({ ...pytorch, weight: xavierUniform() }),
  xavierNormal: Object.freeze({ ...pytorch, weight: xavierNormal() }),
  conformance,
});

export type SchemeName = keyof typeof schemes;
