/** One rule says whether a server is asked for Astro's IAM API: the same for `users`, `teams`, `diff` and the repairs. */

import { describe, expect, test } from "vitest";
import { organizationToken } from "../support/astro-token.ts";
import { runCommand } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { startWatchedAstro, type WatchedAstroOptions } from "../support/watched-astro.ts";

const organization = "cknaqyipv05731evsry6cj4n0";
const fixtureWith = (behaviour = "{}"): string => `idp: okta
organization: ${organization}
users:
  - { email: ada@example.com, firstName: Ada, lastName: King, displayName: Ada King }
astro:
  behaviour: ${behaviour}
  users:
    - { email: ada@example.com, displayName: Ada King, givenName: Ada, familyName: King }
`;

/** Its permissions name the organization. */
const issued = organizationToken(organization);

const commands = [
  { command: ["users"] },
  { command: ["teams", "--json"] },
  { command: ["diff", "own.yaml"] },
  { command: ["resync", "--all", "--from", "own.yaml", "--dry-run"] },
];

async function askedIam(command: readonly string[], options: Partial<WatchedAstroOptions>): Promise<boolean> {
  const fixture = fixtureWith();
  const astro = await startWatchedAstro({ fixture, ...options });
  const cwd = await tempFolder({ "own.yaml": fixture });
  const { status, stderr } = await runCommand([...command, ...astro.target], { cwd });
  expect({ status, stderr }).toMatchObject({ status: 0 });
  return astro.requests.some((line) => line.includes("/v1/"));
}

describe.each(commands)("$command", ({ command }) => {
  test.each([
    { server: "says nothing of it", options: {}, asked: false },
    { server: "says that it has IAM", options: { hasIam: true }, asked: true },
    { server: "takes a token that Astro issued for it", options: { token: issued }, asked: true },
  ] as const)("a server that $server", async ({ options, asked }) => {
    expect(await askedIam(command, options)).toBe(asked);
  });
});

test("a Member, to whom SCIM refuses everything, is answered over IAM", async () => {
  const fixture = fixtureWith("{ tokenRole: member }");
  const astro = await startWatchedAstro({ fixture, hasIam: true });
  const { status, stderr } = await runCommand(["users", ...astro.target]);
  expect(status).toBe(0);
  expect(stderr).toContain("Read over the IAM API");
});
