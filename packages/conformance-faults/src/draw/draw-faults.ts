import type { Backend } from "@isoconv/core-spec";
import { Memo } from "@isoconv/judge";
import { kinds, type Draw, type DrawnFault, type Kind } from "./drawn-fault.js";
import { drawGraphFault } from "./graph/graph.js";
import { drawNumericFault } from "./numeric/numeric.js";
import { drawShapeFault } from "./shape/shape.js";
import { drawStateFault } from "./state/state.js";
import { streamOf, type Stream } from "./stream.js";

const generators: Readonly<Record<Kind, (stream: Stream) => Draw>> = {
  shape: drawShapeFault,
  numeric: drawNumericFault,
  state: drawStateFault,
  graph: drawGraphFault,
};

/** Far more than a generator needs until a witness shows a fault. */
const MOST_DRAWS = 1000;

/**
 * Draws faults, as many of each kind, in turn. A draw counts only if its witness shows it: the faulty backend is refused
 * on the witness, and the control is not. Others are discarded and drawn again.
 *
 * @param seed an integer in `[0, 2³²)`; the same seed gives the same faults, and a smaller count the first of them
 */
export async function drawFaults(seed: number, count: number): Promise<readonly DrawnFault[]> {
  const faults: DrawnFault[] = [];
  const drawn: Record<Kind, number> = { shape: 0, numeric: 0, state: 0, graph: 0 };
  while (faults.length < count) {
    const kind = kinds[faults.length % kinds.length];
    const fault = drawFault(seed, kind, drawn[kind]);
    drawn[kind] += 1;
    if (drawn[kind] > MOST_DRAWS * count) throw new Error(`no witness shows the faults of kind ${kind}`);
    if (await isWitnessed(fault)) faults.push(fault);
  }
  return faults;
}

/** One draw of a kind, witnessed or not. */
export function drawFault(seed: number, kind: Kind, number: number): DrawnFault {
  const name = `${kind}-${seed}-${number}`;
  const { create, ...draw } = generators[kind](streamOf(seed, `${kind}/${number}`));
  return {
    ...draw,
    name,
    kind,
    create: async () => create(true, `fault/${name}`),
    createControl: async () => create(false, `control/${name}`),
  };
}

/** Whether the witness refuses the faulty backend and not the same wrapper with the fault switched off. */
export async function isWitnessed({ create, createControl, witness }: DrawnFault): Promise<boolean> {
  const memo = new Memo();
  const observe = async (made: Promise<Backend>): Promise<string | undefined> => {
    await using backend = await made;
    return await witness(backend, memo);
  };
  return (await observe(create())) !== undefined && (await observe(createControl())) === undefined;
}
