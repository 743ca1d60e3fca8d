/** What a repair through Okta refuses, and what it says when Okta fails. */

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { startOktaAndAstro, type OktaAndAstro } from "../../support/okta-and-astro.ts";
import { oktaToken } from "../../support/emulated-okta.ts";

const company = `idp: okta
users:
  - { email: ada@example.com, firstName: Ada, lastName: Lovelace }
  - { email: grace@example.com, firstName: Grace, lastName: Hopper }
  - { email: linus@example.com, firstName: Linus, lastName: Torvalds }
groups:
  - { name: data, members: [ada@example.com], push: true }
`;
const [grace, linus] = ["grace@example.com", "linus@example.com"];

async function withMembers(...userNames: readonly string[]): Promise<OktaAndAstro> {
  const okta = await startOktaAndAstro(company);
  const value = [];
  for (const name of userNames) value.push({ value: (await okta.idOf(name)) ?? name });
  await okta.client.patch(`/Groups/${await okta.teamId("data")}`, { op: "replace", path: "members", value });
  return okta;
}

/** In one line. */
function said({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }): string {
  return `${stdout} ${stderr}`.replaceAll(/\s+/g, " ");
}

const writes = (okta: OktaAndAstro): readonly string[] =>
  okta.company.events().flatMap((event) => (event.kind === "action" ? [event.action.kind] : []));

describe("a push overwrites a Team", () => {
  test("it is stopped where a protected member would fall out", async () => {
    const okta = await withMembers(grace);
    const profile = `profiles: { astro: { url: "${okta.astro.url}", protect: [${grace}] } }\n`;
    await writeFile(join(okta.cwd, "astro-scim.yaml"), profile);
    const before = writes(okta);
    const result = await okta.runWith("push-group", "data", "--profile", "astro", "--trust-config", "--yes");
    expect(said(result)).toContain("protected members would fall out (grace@example.com)");
    expect(result.status).toBe(5);
    expect(writes(okta)).toEqual(before);
    expect((await okta.held()).teams).toEqual({ data: [grace] });
  });

  test("who falls out counts in the budget", async () => {
    const okta = await withMembers(grace, linus);
    const result = await okta.run("push-group", "--all", "--max-removals", "1", "--yes");
    expect(said(result)).toContain("memberships would be removed");
    expect(result.status).toBe(5);
    expect((await okta.held()).teams).toEqual({ data: [grace, linus] });
  });

  test("somebody who joined after the plan is not taken out", async () => {
    const okta = await withMembers(grace);
    await okta.run("push-group", "data", "--save", "plan.json");
    await okta.client.patch(`/Groups/${await okta.teamId("data")}`, {
      op: "add",
      path: "members",
      value: [{ value: await okta.idOf(linus) }],
    });
    expect(await okta.run("apply", "plan.json", "--yes")).toMatchObject({ status: 5 });
    expect((await okta.held()).teams).toEqual({ data: [grace, linus] });
  });
});

describe("the rights to write", () => {
  const readOnly = { apiTokens: [{ token: oktaToken, role: "read-only" as const }] };

  test("missing: the plan goes over SCIM and says why, and an account without a link needs an option", async () => {
    const okta = await startOktaAndAstro(company, readOnly);
    await okta.client.delete(`/Users/${await okta.idOf(linus)}`);
    const refused = await okta.run("resync", linus, "--yes");
    expect(said(refused)).toContain("Over SCIM and not through Okta");
    expect(said(refused)).toContain("okta.apps.manage is needed");
    expect(said(refused)).toContain("its leaver stays active; prefer --via okta; --without-link allows it");
    expect(refused.status).toBe(5);
    // Done, and Okta's link is still to be mended.
    expect(await okta.run("resync", linus, "--without-link", "--yes")).toMatchObject({ status: 1 });
    expect((await okta.held()).users).toContain(linus);
  });

  test("missing and asked for: nothing is planned", async () => {
    const okta = await startOktaAndAstro(company, readOnly);
    const result = await okta.run("resync", "--all", "--via", "okta", "--yes");
    expect(said(result)).toContain("The repair cannot go through Okta");
    expect(result.status).toBe(3);
  });

  test("--via okta needs Okta as the directory", async () => {
    const okta = await startOktaAndAstro(company);
    await writeFile(join(okta.cwd, "company.yaml"), company);
    const result = await okta.runOnAstro("resync", "--all", "--from", "company.yaml", "--via", "okta");
    expect(result.status).toBe(64);
    expect(said(result)).toContain("--via okta needs --from okta");
  });
});

test("an account to which Okta is still linked is not deleted", async () => {
  const okta = await startOktaAndAstro(company);
  await okta.client.patch(`/Users/${await okta.idOf(linus)}`, {
    op: "replace",
    value: { userName: "old@example.com" },
  });
  const result = await okta.run("delete", "old@example.com", "--yes");
  expect(result.status).not.toBe(0);
  expect((await okta.held()).users).toContain("old@example.com");
});

test("a failure is told in Okta's words, and the run is not said to be done", async () => {
  const okta = await startOktaAndAstro(company);
  await okta.client.delete(`/Users/${await okta.idOf(linus)}`);
  okta.astro.faults.set([{ method: "POST", path: "/Users", status: 400 }]);
  const result = await okta.run("resync", linus, "--yes");
  expect(said(result)).toContain("Okta could not provision linus@example.com: ");
  expect(result.status).toBe(1);
});

test("an assignment with a live link is not removed, whatever a plan says", async () => {
  const okta = await startOktaAndAstro(company);
  const id = await okta.idOf(linus);
  await okta.client.delete(`/Users/${id}`);
  await okta.run("resync", linus, "--save", "plan.json");
  const file = join(okta.cwd, "plan.json");
  const plan = await readFile(file, "utf8");
  const graceId = await okta.idOf(grace);
  await writeFile(file, plan.replaceAll(`"linkedId": "${id}"`, `"linkedId": "${graceId}"`));
  const before = writes(okta);
  expect(await okta.run("apply", "plan.json", "--yes")).toMatchObject({ status: 5 });
  expect(writes(okta)).toEqual(before);
});
