/** What a restart of Entra's provisioning resets, and what it leaves. */

import { describe, expect, test } from "vitest";
import type { EntraReset } from "../../../src/directory/action.ts";
import { resolveEntraFidelity } from "../../../src/fidelity/resolve.ts";
import { emptyEntraMemory, type EntraMemory } from "../../../src/idp/entra/memory.ts";
import { emptyDirectory } from "../../../src/directory/directory.ts";
import { rehearseEntra } from "../../support/entra-rehearsal.ts";

const at = new Date("2026-09-01T08:00:00Z");

/** Two linked users, the second of which is lost at the target; everything that can be reset is there. */
const before: EntraMemory = {
  ...emptyEntraMemory(),
  users: new Map(
    ["ada", "bob"].map((id) => [
      id,
      {
        key: id,
        name: id,
        scimId: `scim-${id}`,
        values: {},
        managed: true,
        softDeletedSince: undefined,
        manager: undefined,
      },
    ]),
  ),
  seen: new Map([["ada", { standing: "in-scope", values: {} }]]),
  escrows: new Map([
    [
      "bob",
      {
        task: {
          subject: { kind: "user", objectId: "bob", key: "bob", name: "bob" },
          what: "provision-user",
          code: "InvalidAnchor",
          sentence: "It is gone.",
          reason: "404 Not Found",
          explanation: undefined,
          since: at,
        },
        retries: 1,
        nextAttempt: at,
        isReference: false,
        atCreation: false,
      },
    ],
  ]),
  initialCycleDone: true,
  quarantine: { reason: "TooManyDeletes", message: "too many", since: at },
  state: "disabled",
};

/** What is left of each part. */
async function after(resets: readonly EntraReset[] | undefined, links: "keep" | "forget" = "keep") {
  const fidelity = { ...resolveEntraFidelity(), entraRestartLinks: links };
  const send = () => Promise.reject(new Error("nothing is sent"));
  const entra = rehearseEntra(emptyDirectory, send, { fidelity });
  entra.remember(before);
  await entra.press({ kind: "restart-provisioning", ...(resets && { resets }) });
  const { users, seen, escrows, initialCycleDone, quarantine, state } = entra.memory;
  return {
    links: [...users.keys()].join(" "),
    watermark: seen.size > 0 && initialCycleDone,
    escrows: escrows.size > 0,
    quarantine: quarantine !== undefined,
    state,
  };
}

const untouched = { links: "ada bob", watermark: true, escrows: true, quarantine: true, state: "active" };

describe("a restart", () => {
  test.each<readonly [resets: readonly EntraReset[] | undefined, changed: object]>([
    [[], {}],
    [["watermark"], { watermark: false }],
    [["quarantine"], { quarantine: false }],
    // The link that the target does not know goes with its escrow.
    [["escrows"], { escrows: false, links: "ada" }],
    [["links"], { links: "" }],
    [undefined, { watermark: false, escrows: false, quarantine: false, links: "ada" }],
  ])("of %j changes that alone, and the job runs", async (resets, changed) => {
    expect(await after(resets)).toEqual({ ...untouched, ...changed });
  });

  test.each<readonly [resets: readonly EntraReset[], links: string]>([
    [["watermark"], ""],
    [["quarantine"], "ada bob"],
  ])("of %j leaves the links %j where a new initial cycle makes them anew", async (resets, links) => {
    expect((await after(resets, "forget")).links).toBe(links);
  });
});

test("a deleted object connection is forgotten, and nothing else", async () => {
  const entra = rehearseEntra(emptyDirectory, () => Promise.reject(new Error("nothing is sent")));
  entra.remember(before);
  await entra.press({ kind: "delete-object-connection", objectId: "ada" });
  const { users, seen, ...rest } = entra.memory;
  expect([...users.keys()]).toEqual(["bob"]);
  expect([...seen.keys()]).toEqual([]);
  const { users: _users, seen: _seen, ...restBefore } = { ...before };
  expect(rest).toEqual(restBefore);
});
