/** The lock that keeps two repairs of one organization on one machine apart, without the commands around it. */

import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { lockPlace, type LockAddress, type LockPlace } from "../../src/lock/lock-address.ts";
import { acquireRepairLock, type LockAttempt, type RepairLock } from "../../src/lock/repair-lock.ts";
import { systemWorld } from "../../src/world/system-world.ts";

const self = { processId: 4242, since: new Date("2026-01-15T09:00:00Z"), command: "resync" };

/** Tries, and lets go again at the end of the test. */
async function attempt(place: LockPlace): Promise<LockAttempt> {
  const tried = await acquireRepairLock("unused", self, systemWorld().timers, place);
  if (tried.kind === "acquired") onTestFinished(() => tried.lock.release());
  return tried;
}

async function acquire(place: LockPlace): Promise<RepairLock> {
  const tried = await attempt(place);
  if (tried.kind !== "acquired") throw new Error("somebody else has the lock");
  return tried.lock;
}

/** Something else that listens where the lock would be. */
async function occupy(address: LockAddress, output: (socket: Socket) => void): Promise<Server> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    output(socket);
  });
  server.listen({ ...address });
  await once(server, "listening");
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  });
  return server;
}

// The way of macOS works on every system.
const systems = [...new Set([process.platform, "darwin" as const])];

describe.each(systems)("on %s", (system) => {
  const newPlace = (): LockPlace => lockPlace(randomUUID(), system);

  test("who comes second is told who has it", async () => {
    const place = newPlace();
    await acquire(place);
    expect(await attempt(place)).toEqual({ kind: "taken", holder: self });
  });

  test("the first one keeps it when others are refused", async () => {
    const place = newPlace();
    await acquire(place);
    await attempt(place);
    expect(await attempt(place)).toEqual({ kind: "taken", holder: self });
  });

  test("released, it is there for the next one", async () => {
    const place = newPlace();
    await (await acquire(place)).release();
    expect((await attempt(place)).kind).toBe("acquired");
  });

  test("another key is another lock", async () => {
    await acquire(newPlace());
    expect((await attempt(newPlace())).kind).toBe("acquired");
  });

  test("of many that try at once one has it at most", async () => {
    const place = newPlace();
    const attempts = await Promise.all(Array.from({ length: 20 }, () => attempt(place)));
    expect(attempts.filter(({ kind }) => kind === "acquired")).toHaveLength(1);
  });
});

describe("somebody else listens there: the lock is not given, and nothing that is said is believed", () => {
  const valid = { lock: "", processId: 1, since: "2026-01-15T09:00:00.000Z", command: "resync" };
  test.each<readonly [what: string, output: (socket: Socket, name: string) => void]>([
    ["nothing", () => {}],
    ["the end at once", (socket) => socket.end()],
    ["no JSON", (socket) => socket.end("hello")],
    ["the holder of another lock", (socket) => socket.end(JSON.stringify({ ...valid, lock: "another" }))],
    [
      "an escape sequence for a command",
      (socket, lock) => socket.end(JSON.stringify({ ...valid, lock, command: "\u001B[2J" })),
    ],
    [
      "a date that is none",
      (socket, lock) => socket.end(JSON.stringify({ ...valid, lock, since: "yesterday" })),
    ],
    [
      "an answer without an end",
      (socket) => {
        const more = (): void => {
          while (socket.writable && socket.write("x".repeat(65_536))) continue;
        };
        socket.on("drain", more);
        more();
      },
    ],
  ])("%s", async (_what, output) => {
    const place = lockPlace(randomUUID());
    await occupy(place.addresses[0], (socket) => output(socket, place.name));
    expect(await attempt(place)).toEqual({ kind: "taken", holder: undefined });
  });
});

describe("ports that are in use by something else", () => {
  const { name, addresses } = lockPlace(randomUUID(), "darwin");
  const place = { name, addresses };
  const occupied = (address: LockAddress): Promise<Server> =>
    occupy(address, (socket) => socket.end("hello"));

  test("the three are different ones", () => {
    for (let round = 0; round < 500; round += 1) {
      const ports = lockPlace(String(round), "darwin").addresses.map((each) => "port" in each && each.port);
      expect(new Set(ports).size).toBe(3);
    }
  });

  test.each([0, 1, 2])(
    "one of three (number %i): the lock is given once, also when it is free again",
    async (at) => {
      const other = await occupied(addresses[at] ?? addresses[0]);
      await acquire(place);
      expect(await attempt(place)).toEqual({ kind: "taken", holder: self });
      await new Promise((resolve) => other.close(resolve));
      expect(await attempt(place)).toEqual({ kind: "taken", holder: self });
    },
  );

  test("two of three: it is not given", async () => {
    await occupied(addresses[0]);
    await occupied(addresses[1] ?? addresses[0]);
    expect(await attempt(place)).toEqual({ kind: "taken", holder: undefined });
  });
});
