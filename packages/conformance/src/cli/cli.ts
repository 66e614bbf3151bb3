export {
  COULD_NOT_RUN,
  conformanceExit,
  runConformanceCommand,
  type CommandIo,
  type ConformanceCommandOptions,
  type ConformanceExit,
} from "./conformance-command.js";
export { machineInfo } from "./machine.js";
export { isPath, openTarget, type Target, type TestedModule } from "./conformance-target.js";
export { serveJob } from "./serve-job.js";
