/** One repair of one organization at a time on this machine. Other machines are not locked. */

import { createServer, type Server } from "node:net";
import { AppError } from "../ground/errors.ts";
import type { Timers } from "../world/world.ts";
import { lockPlace, type LockAddress, type LockPlace } from "./lock-address.ts";
import { askHolder, sendHolder, type Holder } from "./lock-holder.ts";

export interface RepairLock {
  /** Lets the next one have it. The end of the process does the same, however it ends. */
  release(): Promise<void>;
}

/** A holder that does not say who it is is undefined. */
export type LockAttempt =
  | { readonly kind: "acquired"; readonly lock: RepairLock }
  | { readonly kind: "taken"; readonly holder: Holder | undefined };

/**
 * Acquires the lock for a key (see `repairKey`) if it is free. Does not wait for it.
 * `self` is what this process answers when others ask who holds it.
 * @throws AppError failed, where the system does not let this process listen at all
 */
export async function acquireRepairLock(
  key: string,
  self: Holder,
  timers: Timers,
  place: LockPlace = lockPlace(key),
): Promise<LockAttempt> {
  const servers: Server[] = [];
  const lock = { release: async () => void (await Promise.all(servers.map(close))) };
  try {
    for (const address of place.addresses) {
      const server = await listen(address, place.name, self);
      if (server !== undefined) {
        servers.push(server);
        continue;
      }
      const holder = await askHolder(address, place.name, timers);
      if (holder === undefined) continue;
      await lock.release();
      return { kind: "taken", holder };
    }
  } catch (error) {
    await lock.release();
    throw error;
  }
  if (servers.length > place.addresses.length / 2) return { kind: "acquired", lock };
  await lock.release();
  return { kind: "taken", holder: undefined };
}

/** Undefined if another process listens there already. */
function listen(address: LockAddress, name: string, self: Holder): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => sendHolder(socket, name, self));
    server.maxConnections = 16;
    // Also of connections that fail later: they change nothing about who has the lock.
    server.on("error", (error) => {
      if (isInUse(error, address)) resolve(undefined);
      else reject(notPossible(error));
    });
    // In a cluster the workers would share it.
    server.listen({ ...address, exclusive: true }, () => {
      server.unref();
      resolve(server);
    });
  });
}

/** Windows says EACCES of another user's pipe. */
function isInUse({ code }: NodeJS.ErrnoException, address: LockAddress): boolean {
  const isPipe = "path" in address && address.path.startsWith("\\\\.\\pipe\\");
  return code === "EADDRINUSE" || (isPipe && code === "EACCES");
}

function notPossible(cause: NodeJS.ErrnoException): AppError {
  return new AppError(
    "failed",
    `Two repairs at the same time cannot be ruled out: the system does not let astro-scim listen on this machine (${cause.code}). Nothing was changed.`,
    { hint: "Allow astro-scim to listen on loopback addresses and local sockets.", cause },
  );
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
