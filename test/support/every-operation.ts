/** A small Astro and a plan for it with an operation of every kind. */

import type { HeldState } from "../../src/astro/held.ts";
import { diff } from "../../src/drift/compare/diff.ts";
import { sortOperations, type Operation, type OperationSubject } from "../../src/drift/plan/operation.ts";
import { planResync } from "../../src/drift/plan/plan-resync.ts";
import type { Plan } from "../../src/drift/plan/plan.ts";
import { deleteTeam } from "../../src/drift/plan/team-operations.ts";
import { deleteUser } from "../../src/drift/plan/user-operations.ts";
import { everything } from "./repairing.ts";
import { expectedState, heldState } from "./states.ts";

export const paths = ["displayName", "title"] as const;

export function everyOperation(): { readonly held: HeldState; readonly plan: Plan } {
  const held = heldState({
    users: [
      { name: "eve", active: false },
      { name: "gus", attributes: { displayName: "Gus", title: "Clerk" } },
      { name: "ren", externalId: "e-ren" },
      { name: "leaver", externalId: "e-leaver", attributes: { displayName: "Leaver" } },
      "kim",
    ],
    teams: [
      { name: "Ops", members: ["kim", "leaver"] },
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
  const [gus, ren, leaver] = ["gus", "ren", "leaver"].map((name) => held.users.get(`${name}@example.com`)!);
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
    deleteTeam(doomed!, "managed"),
    deleteUser({ held: leaver!, reason: "left" }, [held.teams.get("ops")!]),
  ];
  const ids = new Set(others.map(({ id }) => id));
  const kept = plan.operations.filter(({ id }) => !ids.has(id));
  return {
    held,
    plan: { ...plan, operations: sortOperations([...kept, ...others]), attributePaths: [...paths] },
  };
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
