import { elementCount } from "@isoconv/core-spec";
import { hostBackend } from "@isoconv/conformance/faults";
import { oneOpNetwork } from "@isoconv/judge";
import type { Call } from "../call.js";
import type { Draw } from "../drawn-fault.js";
import { measure, rolesOf, type Role } from "../shape/roles.js";
import { someCall } from "../shape/shape.js";
import { subjectOf } from "../shape/subject.js";
import { largestExtent } from "../shape/zoo-extents.js";
import { spoiled } from "../spoiled.js";
import type { Stream } from "../stream.js";
import { onNetwork } from "../witness.js";
import type { DrawEffect } from "./effect.js";
import { drawLostSpecial } from "./lost-special.js";
import { drawPrecision } from "./precision.js";
import { drawRange } from "./range.js";
import { drawReduction } from "./reduction.js";

const effects: readonly DrawEffect[] = [drawLostSpecial, drawPrecision, drawRange, drawReduction];

/** Roles that choose the vector loop, or the length of a sum. */
const roles: readonly Role[] = ["elements", "row length", "reduced extent", "products", "channels", "taps"];

/** A fault of precision, range or special values, in calls from an extent on. */
export function drawNumericFault(stream: Stream): Draw {
  const effect = stream.pick(effects)(stream);
  const op = stream.pick(effect.ops);
  const role = stream.pick(rolesOf(op).filter((each) => roles.includes(each)));
  // Half of the faults are in all calls.
  const from = stream.chance(0.5) ? 1 : stream.logInteger(2, largestExtent(op, role));
  const holds = (call: Call): boolean => measure(call, role) >= from && elementCount(call.shape) > 0;
  return {
    what: `${op}${from === 1 ? "" : `, ${role} ≥ ${from}`}: ${effect.what}`,
    ops: [op],
    create: (isFaulty, id) =>
      hostBackend(id, {
        kernels: spoiled(op, (operands, right, call) =>
          isFaulty && holds(call) ? effect.apply(operands, right, call) : right(operands),
        ),
      }),
    witness: onNetwork(() => {
      const { shapes, attrs } = subjectOf(op, { extents: { [role]: Math.max(from, LEAST[role] ?? 2) } });
      const fills = { x: effect.fill, a: effect.fill, "xs.0": effect.fill };
      return oneOpNetwork("witness", op, shapes, attrs, { fills });
    }),
    isReachedBy: ({ calls }) => someCall(calls.get(op), holds),
  };
}

/** Witnesses without a threshold have room for every value of a filling. */
const LEAST: Readonly<Partial<Record<Role, number>>> = {
  elements: 256,
  "row length": 128,
  "reduced extent": 128,
  products: 128,
  channels: 32,
  taps: 4,
};
