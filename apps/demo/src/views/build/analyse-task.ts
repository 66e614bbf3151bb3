import { analyse, type Analysis } from "../../engine/own-network/analyse.js";
import type { BuildTasks } from "./build-tasks.js";

export async function analyseNetwork({ text }: BuildTasks["analyseNetwork"]["given"]): Promise<Analysis> {
  return analyse(text);
}
