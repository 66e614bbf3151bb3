import { opNames } from "@isoconv/core-spec";
import { hostBackend } from "@isoconv/conformance/faults";
import { oneOpNetwork } from "@isoconv/judge";
import type { Call } from "../call.js";
import type { Draw } from "../drawn-fault.js";
import { spoiled } from "../spoiled.js";
import type { Stream } from "../stream.js";
import { onNetwork } from "../witness.js";
import { drawEffect } from "./effects.js";
import { subjectOf } from "./subject.js";
import { drawWhere } from "./where.js";

/** A fault that begins at some extent: operation × where × what. */
export function drawShapeFault(stream: Stream): Draw {
  const op = stream.pick(opNames);
  const where = drawWhere(op, stream);
  const effect = drawEffect(op, where.role, stream);
  const { shapes, attrs } = subjectOf(op, where.wanted);
  return {
    what: `${op}, ${where.what}: ${effect.what}`,
    ops: [op],
    create: (isFaulty, id) =>
      hostBackend(id, {
        kernels: spoiled(op, (operands, right, call) =>
          isFaulty && where.holds(call) ? effect.apply(operands, right) : right(operands),
        ),
      }),
    witness: onNetwork(() => oneOpNetwork("witness", op, shapes, attrs)),
    isReachedBy: ({ calls }) => someCall(calls.get(op), where.holds),
  };
}

/** Whether any of an operation's calls satisfies a condition. */
export function someCall(calls: readonly Call[] | undefined, holds: (call: Call) => boolean): boolean {
  return calls?.some(holds) ?? false;
}
