/** A small Astro and a plan for it with an operation of every kind. */

import type { HeldState } from "../../src/astro/held.ts";
import { shownRoles, type HeldRoles } from "../../src/astro/records/held-roles.ts";
import { diff } from "../../src/drift/compare/diff.ts";
import {
  sortOperations,
  type Operation,
  type OperationSubject,
} from "../../src/drift/plan/operations/operation.ts";
import { planResync } from "../../src/drift/plan/plan-resync.ts";
import type { Plan } from "../../src/drift/plan/plan.ts";
import { deleteTeam } from "../../src/drift/plan/operations/team-operations.ts";
import { deactivateUser, deleteUser } from "../../src/drift/plan/operations/user-operations.ts";
import { everything } from "./repairing.ts";
import { teamRecord, userRecord } from "./iam-states.ts";
import { expectedState, heldState } from "./states.ts";

export const paths = ["displayName", "title"] as const;

export function everyOperation(): { readonly held: HeldState; readonly plan: Plan } {
  const held = withRoles({
    users: [
      { name: "eve", active: false },
      { name: "gus", attributes: { displayName: "Gus", title: "Clerk" } },
      { name: "ren", externalId: "e-ren" },
      { name: "leaver", externalId: "e-leaver", attributes: { displayName: "Leaver" } },
      "kim",
      { name: "dee", attributes: { displayName: "Dee" } },
    ],
    teams: [
      { name: "Ops", members: ["kim", "leaver", "dee"] },
      { name: "Doomed", members: ["kim", "gus"] },
      { name: "Old name", members: ["gus"] },
      { name: "Swap", members: ["kim", "gus", "leaver"] },
    ],
  });
  const expected = expectedState({
    users: [
      { name: "ada", attributes: { displayName: "Ada" }, externalId: "e-ada" },
      "eve",
      { name: "gus", attributes: { displayName: "Gus King" } },
      "ren",
      "kim",
    ],
    teams: [
      { name: "Data", members: ["ada", "kim", "eve"] },
      { name: "Swap", members: ["ada", "kim"] },
    ],
  });
  const plan = planResync(diff(expected, held), everything);
  const [gus, ren, leaver, dee] = ["gus", "ren", "leaver", "dee"].map((name) =>
    held.users.get(`${name}@example.com`)!,
  );
  const [doomed, oldName] = ["doomed", "old name"].map((name) => held.teams.get(name)!);
  const others: readonly Operation[] = [
    {
      ...named(`update-user ${gus!.scimId}`, { kind: "user", name: gus!.userName, ...of(gus!) }),
      kind: "update-user",
      attributes: { displayName: "Gus King", title: null },
    },
    {
      ...named(`rename-user ${ren!.scimId}`, { kind: "user", name: ren!.userName, ...of(ren!) }),
      kind: "rename-user",
      userName: "renata@example.com",
    },
    {
      ...named(`rename-team ${oldName!.scimId}`, {
        kind: "team",
        name: oldName!.displayName,
        ...of(oldName!),
      }),
      kind: "rename-team",
      displayName: "New name",
    },
    {
      ...named("restore-user-roles ada@example.com", made("user", "ada@example.com", "ada@example.com")),
      kind: "restore-user-roles",
      dependsOn: ["create-user ada@example.com"],
      granted: roles("WORKSPACE_MEMBER"),
    },
    {
      ...named("restore-team-roles data", made("team", "data", "Data")),
      kind: "restore-team-roles",
      dependsOn: ["create-team data"],
      granted: roles("WORKSPACE_AUTHOR"),
    },
    deleteTeam(doomed!, "managed"),
    deactivateUser({ held: dee!, reason: "left" }, [held.teams.get("ops")!]),
    deleteUser({ held: leaver!, reason: "left" }, [held.teams.get("ops")!]),
  ];
  const ids = new Set(others.map(({ id }) => id));
  const kept = plan.operations.filter(({ id }) => !ids.has(id));
  return {
    held,
    plan: { ...plan, operations: sortOperations([...kept, ...others]), attributePaths: [...paths] },
  };
}

const workspaceId = "clm8t5u4q000008jq4qoc3036";

export function roles(role: string): HeldRoles {
  return {
    organizationRole: "ORGANIZATION_MEMBER",
    workspaceRoles: [{ workspaceId, role }],
    deploymentRoles: [],
    dagRoles: [],
  };
}

/** With roles of what goes. */
function withRoles(spec: Parameters<typeof heldState>[0]): HeldState {
  const { users, teams, ...held } = heldState(spec);
  const some = (role: string) => shownRoles(roles(role));
  const user = (name: string) => ({
    ...users.get(`${name}@example.com`)!,
    iam: { ...userRecord(name), roles: some("WORKSPACE_OPERATOR") },
  });
  const doomed = teams.get("doomed")!;
  const iam = { ...teamRecord({ name: "Doomed", id: doomed.scimId }), roles: some("WORKSPACE_OWNER") };
  return {
    ...held,
    users: new Map([...users, ["leaver@example.com", user("leaver")], ["dee@example.com", user("dee")]]),
    teams: new Map([...teams, ["doomed", { ...doomed, iam }]]),
  };
}

function made<const Kind extends "user" | "team">(kind: Kind, key: string, name: string) {
  return { kind, key, name, scimId: null, fingerprint: null } as const;
}

function of({
  key,
  scimId,
  fingerprint,
}: {
  readonly key: string;
  readonly scimId: string;
  readonly fingerprint: string;
}) {
  return { key, scimId, fingerprint };
}

function named<Subject extends OperationSubject>(id: string, subject: Subject) {
  return { id, subject, dependsOn: [], summary: id };
}
