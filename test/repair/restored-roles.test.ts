/** Roles are given back only where that takes none away that somebody has given since. */

import { describe, expect, test } from "vitest";
import { diff } from "../../src/drift/compare/diff.ts";
import type { RestoreRoles } from "../../src/drift/plan/operations/operation.ts";
import { buildPlan } from "../../src/drift/plan/plan.ts";
import { carryOut, inWords } from "../support/repairing.ts";
import { modelAstro, type ModelAstro } from "../support/model-astro.ts";
import { roles } from "../support/every-operation.ts";
import { expectedState, heldState } from "../support/states.ts";

const held = heldState({ users: ["ada"], teams: [{ name: "Data", members: ["ada"] }] });

function restoring(kind: "user" | "team") {
  const one = kind === "user" ? held.users.get("ada@example.com")! : held.teams.get("data")!;
  const { key, scimId, fingerprint } = one;
  const operation = {
    id: `restore-${kind}-roles`,
    kind: `restore-${kind}-roles`,
    subject: { kind, key, name: key, scimId, fingerprint },
    dependsOn: [],
    summary: "give roles back",
    granted: roles("WORKSPACE_AUTHOR"),
  } as RestoreRoles;
  const plan = buildPlan("undo", diff(expectedState({}), held), {
    operations: [operation],
    leftOut: [],
    selection: { users: [], teams: [] },
  });
  return { plan, holder: { kind, id: scimId } as const };
}

function rolesNow({ iam }: ModelAstro, { kind, id }: { readonly kind: string; readonly id: string }) {
  return kind === "user" ? iam.user(id) : iam.team(id);
}

describe.each(["user", "team"] as const)("of a %s", (kind) => {
  const { plan, holder } = restoring(kind);
  const done = `restore-${kind}-roles: `;

  test("plain membership is replaced, and read back", async () => {
    const astro = modelAstro(held);
    expect(inWords(await carryOut(plan, astro))).toEqual([`${done}done`]);
    expect(JSON.stringify(await rolesNow(astro, holder))).toContain("WORKSPACE_AUTHOR");
  });

  test("other roles that somebody has given stay", async () => {
    const astro = modelAstro(held);
    await astro.roles.writer.setRoles(holder, roles("WORKSPACE_OWNER"));
    expect(inWords(await carryOut(plan, astro))).toEqual([`${done}stale (it has been given other roles)`]);
    expect(JSON.stringify(await rolesNow(astro, holder))).toContain("WORKSPACE_OWNER");
  });

  test("without the IAM API nothing is written", async () => {
    const astro = modelAstro(held);
    const { iam: _iam, roles: _roles, ...scim } = astro;
    const outcomes = await carryOut(plan, scim);
    expect(outcomes.map(({ status }) => status)).toEqual(["stale"]);
    expect(astro.writes).toEqual([]);
  });

  test("what reading back does not show is not confirmed", async () => {
    const astro = modelAstro(held);
    const writer = { setRoles: async () => ({ kind: "written" }) as const };
    const deaf = { ...astro, roles: { ...astro.roles, writer } };
    expect((await carryOut(plan, deaf)).map(({ status }) => status)).toEqual(["not-confirmed"]);
  });

  test("a refusal is told in the server's words", async () => {
    const astro = modelAstro(held);
    const writer = {
      setRoles: async () => ({ kind: "refused", status: 403, message: "403: not allowed" }) as const,
    };
    const refusing = { ...astro, roles: { ...astro.roles, writer } };
    expect(inWords(await carryOut(plan, refusing))).toEqual([`${done}failed (403: not allowed)`]);
  });
});
