/** The roles of a user or a Team as rows of a table: one for each scope, with where a role comes from. */

import type {
  EffectiveRoles,
  HeldRole,
  RankedRoles,
  RoleSource,
} from "../../astro/records/effective-roles.ts";
import type { ShownRoles } from "../../astro/records/shown-roles.ts";
import type { Column } from "./table.ts";

/** One role in one scope. */
export interface RoleRow {
  readonly scope: "Organization" | "Workspace" | "Deployment" | "Dag";
  /** Undefined for the Organization; of a Dag the Deployment with the Dag or tag. */
  readonly id: string | undefined;
  readonly role: string;
}

/** With what gives it, and what it surpasses. */
export interface EffectiveRow extends RoleRow {
  readonly from: string;
  readonly alsoHeld: string | undefined;
}

export const roleColumns: readonly Column<RoleRow>[] = [
  { header: "SCOPE", cell: ({ scope }) => scope },
  { header: "ID", cell: ({ id }) => id },
  { header: "ROLE", cell: ({ role }) => role },
];

export const effectiveColumns: readonly Column<EffectiveRow>[] = [
  ...roleColumns,
  { header: "FROM", cell: ({ from }) => from },
  { header: "ALSO HELD", cell: ({ alsoHeld }) => alsoHeld },
];

export const effectiveCsvColumns: readonly Column<EffectiveRow>[] = [
  { header: "scope", cell: ({ scope }) => scope },
  { header: "id", cell: ({ id }) => id },
  { header: "role", cell: ({ role }) => role },
  { header: "from", cell: ({ from }) => from },
  { header: "alsoHeld", cell: ({ alsoHeld }) => alsoHeld },
];

/** The roles that a Team gives. */
export function roleRows(roles: ShownRoles): readonly RoleRow[] {
  const { organizationRole, workspaceRoles, deploymentRoles, dagRoles } = roles;
  return [
    ...(organizationRole === undefined
      ? []
      : [{ scope: "Organization", id: undefined, role: organizationRole } as const]),
    ...workspaceRoles.map(
      ({ workspaceId, role }) => ({ scope: "Workspace", id: workspaceId, role }) as const,
    ),
    ...deploymentRoles.map(
      ({ deploymentId, role }) => ({ scope: "Deployment", id: deploymentId, role }) as const,
    ),
    ...dagRoles.map((dag) => ({ scope: "Dag", id: dagName(dag), role: dag.role }) as const),
  ];
}

/** What a user may do in each scope, and why. */
export function effectiveRows(roles: EffectiveRoles): readonly EffectiveRow[] {
  return [
    ...rows("Organization", undefined, roles.organization),
    ...roles.workspaces.flatMap((each) => rows("Workspace", each.workspaceId, each)),
    ...roles.deployments.flatMap((each) => rows("Deployment", each.deploymentId, each)),
    ...roles.dags.flatMap((each) => rows("Dag", dagName(each), each)),
  ];
}

function rows(
  scope: RoleRow["scope"],
  id: string | undefined,
  { effective, alsoHeld }: RankedRoles,
): readonly EffectiveRow[] {
  const others = alsoHeld.length === 0 ? undefined : alsoHeld.map(heldText).join("; ");
  return effective.map(({ role, from }) => ({
    scope,
    id,
    role,
    from: from.map(sourceText).join(", "),
    alsoHeld: others,
  }));
}

function heldText({ role, from }: HeldRole): string {
  return `${role} (${from.map(sourceText).join(", ")})`;
}

function sourceText(source: RoleSource): string {
  switch (source.kind) {
    case "direct":
      return "direct";
    case "team":
      return `Team ${source.name}`;
    case "organization-owner":
      return "Organization Owner";
  }
}

function dagName(dag: {
  readonly deploymentId: string;
  readonly dagId?: string | undefined;
  readonly dagTag?: string | undefined;
}): string {
  return `${dag.deploymentId} ${dag.dagId === undefined ? `tag ${dag.dagTag ?? ""}` : dag.dagId}`;
}
