/** What every file of commands/ exports. */

import type { Command } from "commander";
import type { Io } from "../world/io.ts";

/** Tells `main` with which status the command ended. */
export type SetStatus = (status: number) => void;

/** What a command file exports: its arguments, its help, and what it does. */
export type CommandBuilder = (io: Io, setStatus: SetStatus) => Command;
