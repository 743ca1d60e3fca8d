/** Who holds a lock: what a holder says of itself, and how it is asked. */

import { connect, type Socket } from "node:net";
import * as z from "zod";
import type { Timers } from "../world/world.ts";
import type { LockAddress } from "./lock-address.ts";

/** What a holder says of itself; good for a message, never for a decision. */
export interface Holder {
  /** As its own system counts: another one in a container. */
  readonly processId: number;
  readonly since: Date;
  /** `resync`. */
  readonly command: string;
}

const maxAnswerLength = 1024;
const answerTimeoutMs = 3000;

const answerSchema = z.object({
  lock: z.string(),
  processId: z.int().min(1),
  since: z.iso.datetime(),
  command: z.string().regex(/^[a-z][a-z-]{0,30}$/),
});

/** Sends the holder of the lock with that name, and closes the connection. */
export function sendHolder(socket: Socket, lock: string, { processId, since, command }: Holder): void {
  // The other side may be gone already.
  socket.on("error", () => {});
  const answer = JSON.stringify({ lock, processId, since: since.toISOString(), command });
  socket.end(answer, () => socket.destroy());
}

/** Asks the process that listens there; undefined if it does not answer in time, or does not hold that lock. */
export async function askHolder(
  address: LockAddress,
  lock: string,
  timers: Timers,
): Promise<Holder | undefined> {
  try {
    const answer = answerSchema.parse(JSON.parse(await answerAt(address, timers)));
    const { processId, since, command } = answer;
    return answer.lock === lock ? { processId, since: new Date(since), command } : undefined;
  } catch {
    return undefined;
  }
}

/** @throws Error where the answer is too long, or does not come in time */
async function answerAt(address: LockAddress, timers: Timers): Promise<string> {
  let answer = "";
  const socket = connect(address);
  const stop = timers.startTimeout(answerTimeoutMs, () => socket.destroy(new Error("no answer in time")));
  try {
    for await (const chunk of socket) {
      answer += String(chunk);
      if (answer.length > maxAnswerLength) throw new RangeError("the answer is too long");
    }
  } finally {
    stop();
  }
  return answer;
}
