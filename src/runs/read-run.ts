/** A run's file read again. A last line that was cut off is read past; anything else that is damaged is an error. */

import * as z from "zod";
import { readSmallBytes, fileProblem } from "../files/read-small-file.ts";
import { AppError } from "../ground/errors.ts";
import { readPlan } from "../plan-file/plan-json.ts";
import type { Disk } from "../world/disk.ts";
import { eventSchema, runLineSchema, runVersion, type RunEvent } from "./lines.ts";
import type { RecordedRun } from "./run.ts";

const maxBytes = 256 * 1024 * 1024;

/** @throws AppError invalid-file, where it cannot be read, is damaged, or is of a newer version */
export async function readRun(disk: Disk, file: string): Promise<RecordedRun> {
  let bytes: Buffer;
  try {
    bytes = await readSmallBytes(disk, file, maxBytes);
  } catch (error) {
    throw new AppError("invalid-file", `${file} cannot be read: ${fileProblem(error)}.`, { cause: error });
  }
  return parseRun(file, bytes);
}

/** @throws AppError as `readRun` */
export function parseRun(file: string, bytes: Uint8Array): RecordedRun {
  const length = bytes.lastIndexOf(newline) + 1;
  const [first = "", ...rest] = Buffer.from(bytes.subarray(0, length)).toString("utf8").split("\n");
  if (length === 0) throw new AppError("invalid-file", `${file} holds no line.`, { cause: nothingWritten });
  const value = parseLine(file, first, 1);
  requireVersion(file, value);
  const parsed = runLineSchema.safeParse(value);
  if (!parsed.success) throw damaged(file, 1);
  const { plan: saved, ...line } = parsed.data;
  // JSON.parse and JSON.stringify: the plan is checked as any plan in a file.
  const plan = readPlan(file, JSON.stringify(saved ?? null));
  const events = rest.slice(0, -1).map((text, at) => eventIn(file, text, at + 2));
  return { ...line, file, plan, events, length };
}

const newline = 0x0a;

/** The cause of the error where the process ended before the first line was complete: nothing had gone out then. */
export const nothingWritten = new Error("no line is complete");

function eventIn(file: string, text: string, lineNumber: number): RunEvent {
  const parsed = eventSchema.safeParse(parseLine(file, text, lineNumber));
  if (!parsed.success) throw damaged(file, lineNumber);
  return parsed.data;
}

function parseLine(file: string, text: string, lineNumber: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw damaged(file, lineNumber);
  }
}

const versionSchema = z.object({ version: z.int() });

function requireVersion(file: string, value: unknown): void {
  const parsed = versionSchema.safeParse(value);
  if (!parsed.success || parsed.data.version === runVersion) return;
  throw new AppError(
    "invalid-file",
    `${file} has version ${parsed.data.version}; this version of astro-scim reads ${runVersion}.`,
    { hint: "Use the version of astro-scim that wrote it." },
  );
}

function damaged(file: string, lineNumber: number): AppError {
  return new AppError("invalid-file", `${file} is damaged: line ${lineNumber} is not a line of a run.`, {
    hint: "Move the file away; without it, astro-scim does not know what this run did.",
  });
}
