import { faults as catalogue } from "@isoconv/conformance-faults";
import type { Handlers } from "../../engine/serve.js";
import { faultFilter } from "./fault-filter.js";

export const faults: Handlers["faults"] = async () =>
  catalogue.map(({ name, bug, ops, killedBy }) => ({ name, bug, ops, filter: faultFilter({ ops, killedBy }) }));
