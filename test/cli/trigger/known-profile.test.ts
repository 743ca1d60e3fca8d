/** On a server that is not on this machine, no event empties a Team of others. */

import { expect, test } from "vitest";
import { refuseTakenTeams } from "../../../src/cli/trigger/known-profile.ts";
import type { Target } from "../../../src/target/resolve-target.ts";
import { startWatchedAstro } from "../../support/watched-astro.ts";
import { createSender } from "../../../src/http/send.ts";
import { seededWorld } from "../../support/seeded-world.ts";

const holding = `
idp: okta
users: []
groups: []
astro:
  users:
    - { email: ada@example.com }
    - { email: grace@example.com }
  teams:
    - { name: data, members: [ada@example.com, grace@example.com] }
    - { name: empty, members: [] }
`;

async function connectedTo(isLoopback: boolean) {
  const { url, token } = await startWatchedAstro({ fixture: holding });
  const { timers } = seededWorld();
  const { send } = createSender({
    baseUrl: url,
    token,
    timeoutMs: 60_000,
    timers,
    connections: 1,
    signal: new AbortController().signal,
  });
  const target: Target = {
    kind: "remote",
    baseUrl: url,
    organizationId: undefined,
    token,
    tokenSource: "the test",
    isLoopback,
    isPublicAstro: false,
    profile: undefined,
    notes: [],
  };
  return { target, connection: { send, baseUrl: url } };
}

test("Okta's push to a Team with members is refused, whatever the case of its name", async () => {
  await expect(refuseTakenTeams(await connectedTo(false), "okta", ["new", "DATA"])).rejects.toThrow(
    "The Team DATA has 2 members, whom Okta would replace.",
  );
});

test("a Team that is empty or does not exist is not; Entra ID replaces no members; this machine may be changed", async () => {
  await refuseTakenTeams(await connectedTo(false), "okta", ["empty", "new"]);
  await refuseTakenTeams(await connectedTo(false), "entra", ["data"]);
  await expect(refuseTakenTeams(await connectedTo(true), "okta", ["data"])).resolves.toBeUndefined();
});
