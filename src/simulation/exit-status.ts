/** With which exit status a rehearsal ends: of the command, and in the result that programs get. */

import { exitStatus, type ExitStatus } from "../ground/exit-status.ts";
import type { SimulationStatus } from "./status.ts";

export const exitStatusOfSimulation: Readonly<Record<SimulationStatus, ExitStatus>> = {
  ok: exitStatus.ok,
  failed: exitStatus.failed,
  unknown: exitStatus.couldNotTell,
  interrupted: exitStatus.interrupted,
};
