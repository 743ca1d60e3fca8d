/** The roles of a user or a Team as rows of a table: one for each scope, with where a role comes from. */

import type {
  EffectiveRoles,
  HeldRole,
  RankedRoles,
  RoleSource,
} from "../../astro/records/effective-roles.ts";
import type { ShownRoles } from "../../astro/records/shown-roles.ts";
import { nameList } from "../../ground/text/name-list.ts";
import type { Column } from "./table.ts";

/** One role in one scope. */
export interface RoleRow {
  readonly scope: "Organization" | "Workspace" | "Deployment" | "Dag";
  /** Undefined for the Organization; of a Dag the Deployment with the Dag or tag. */
  readonly id: string | undefined;
  readonly role: string;
}

/** With what gives it. */
export interface HeldRow extends RoleRow {
  /** False where a more privileged role of the same scope is held, and where no role of the user has an effect. */
  readonly isEffective: boolean;
  readonly from: readonly string[];
}

export const roleColumns: readonly Column<RoleRow>[] = [
  { header: "SCOPE", cell: ({ scope }) => scope },
  { header: "ID", cell: ({ id }) => id },
  { header: "ROLE", cell: ({ role }) => role },
];

export const heldColumns: readonly Column<HeldRow>[] = [
  ...roleColumns,
  { header: "EFFECTIVE", cell: ({ isEffective }) => isEffective },
  // Every Team gives an Organization role: of somebody in many Teams a few are named.
  { header: "FROM", cell: ({ from }) => nameList(from) },
];

export const heldCsvColumns: readonly Column<HeldRow>[] = [
  { header: "scope", cell: ({ scope }) => scope },
  { header: "id", cell: ({ id }) => id },
  { header: "role", cell: ({ role }) => role },
  { header: "effective", cell: ({ isEffective }) => isEffective },
  { header: "from", cell: ({ from }) => from.join(", ") },
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

/** Meanings of all but ACTIVE are inferred from their names (Astro API reference: status of a user). */
const withoutEffect: ReadonlySet<string> = new Set(["INACTIVE", "PENDING", "BANNED"]);

/** What a user of that status holds in each scope, and why; what is effective comes first. */
export function heldRows(roles: EffectiveRoles, status: string): readonly HeldRow[] {
  const all = [
    ...rows("Organization", undefined, roles.organization),
    ...roles.workspaces.flatMap((each) => rows("Workspace", each.workspaceId, each)),
    ...roles.deployments.flatMap((each) => rows("Deployment", each.deploymentId, each)),
    ...roles.dags.flatMap((each) => rows("Dag", dagName(each), each)),
  ];
  return withoutEffect.has(status) ? all.map((row) => ({ ...row, isEffective: false })) : all;
}

/** The roles of one scope in a cell: `ID:ROLE`, with a semicolon between them. */
export function rolesCell(roles: ShownRoles | undefined, scope: RoleRow["scope"]): string | undefined {
  if (roles === undefined) return undefined;
  const held = roleRows(roles).filter((row) => row.scope === scope);
  return held.map(({ id = "", role }) => `${id}:${role}`).join("; ");
}

function rows(
  scope: RoleRow["scope"],
  id: string | undefined,
  { effective, alsoHeld }: RankedRoles,
): readonly HeldRow[] {
  const row = ({ role, from }: HeldRole, isEffective: boolean): HeldRow => {
    return { scope, id, role, isEffective, from: from.map(sourceText) };
  };
  return [...effective.map((held) => row(held, true)), ...alsoHeld.map((held) => row(held, false))];
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
