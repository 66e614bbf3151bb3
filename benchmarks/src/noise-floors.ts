import { readFile, writeFile } from "node:fs/promises";
import { modelGoldens, tiers } from "@isoconv/goldens";
import { models } from "@isoconv/zoo";
import { goldenNetwork } from "./agreement/golden-network.js";
import { oraclePrecision, oracleNoise } from "./agreement/oracle.js";
import { chosen, machineLine } from "./machine.js";

// Fills goldens/data/noise-floors.json: the missing entries, or those named on the command line. The oracle runs each
// network six times and must agree with PyTorch.
const FILE = new URL("../../goldens/data/noise-floors.json", import.meta.url);

const known = new Set(models.map(({ name }) => name));
const goldens = [
  ...new Map(tiers.flatMap((tier) => modelGoldens[tier]).map((golden) => [golden.id, golden])).values(),
].filter(({ model }) => known.has(model));
const named = process.argv.length > 2 ? chosen(goldens.map(({ id }) => id)) : undefined;

console.log(`${machineLine()}\n`);
for (const golden of goldens) {
  const before = await readFloors();
  if (named === undefined ? golden.id in before : !named.includes(golden.id)) continue;
  const { deviation, noiseFloor } = await oracleNoise(golden, goldenNetwork(golden));
  console.log(`${golden.id}: noise floor ${noiseFloor}, the oracle within ${deviation.toExponential(1)} of PyTorch`);
  if (!(deviation < oraclePrecision(golden))) throw new Error(`${golden.id}: the oracle does not agree with PyTorch`);
  await writeFloors({ ...(await readFloors()), [golden.id]: noiseFloor });
}

async function readFloors(): Promise<Readonly<Record<string, number>>> {
  return JSON.parse(await readFile(FILE, "utf8")) as Readonly<Record<string, number>>;
}

async function writeFloors(floors: Readonly<Record<string, number>>): Promise<void> {
  const kept = goldens.flatMap(({ id }) => (id in floors ? [[id, floors[id]] as const] : []));
  await writeFile(FILE, `${JSON.stringify(Object.fromEntries(kept), undefined, 2)}\n`);
}
