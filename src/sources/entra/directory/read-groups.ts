/** Groups as they are read: assigned ones with their direct members, and the groups within them, whose members are lost. */

import { AppError } from "../../../ground/errors.ts";
import { forEachBounded } from "../../../ground/for-each-bounded.ts";
import { printable } from "../../../ground/text/printable.ts";
import {
  findGroup,
  listMembers,
  listNestedGroups,
  listTransitiveMembers,
  type GraphGroup,
} from "../../../management/graph/groups.ts";
import { graphPermissions } from "../../../management/graph/permissions.ts";
import type { ManagementApi } from "../../../management/management-api.ts";
import { grant, requireShownGroups, requireShownUsers } from "./shown.ts";

/** A group with the ids of what is in it. */
export interface ReadGroup {
  readonly id: string;
  readonly name: string;
  readonly securityEnabled: boolean;
  /** Users who are themselves in it. */
  readonly members: readonly string[];
  /** Groups that are themselves in it. */
  readonly nested: readonly string[];
  /** Of an assigned group: users in it or in any group within it. Undefined where there is no group within it. */
  readonly transitive?: readonly string[];
}

/** How many groups are read at a time; the client keeps below the limits of Graph by itself. */
const atATime = 8;

/** What is to be read, and how it is followed. */
export interface GroupReading {
  readonly api: ManagementApi;
  readonly signal: AbortSignal;
  /** Called after each group with the number of those read. */
  readonly onGroup?: (read: number) => void;
}

/**
 * The groups with these ids, and all groups within them, by id.
 * @throws AppError source-incomplete for a group that cannot be read, or of whose members nothing is shown
 */
export async function readGroups(
  reading: GroupReading,
  assigned: readonly GraphGroup[],
): Promise<ReadonlyMap<string, ReadGroup>> {
  const read = new Map<string, ReadGroup>();
  const within = new Map<string, readonly GraphGroup[]>();
  const keep = (group: ReadGroup): void => {
    read.set(group.id, group);
    reading.onGroup?.(read.size);
  };
  await forEachBounded(assigned, atATime, async (group) => {
    stopIfAborted(reading.signal);
    const { nested, ...rest } = await readAssigned(reading.api, group);
    within.set(group.id, nested.all);
    keep({ ...rest, nested: nested.direct.map(({ id }) => id) });
  });
  // In the order of the assignments, whichever answer came first.
  const all = [...assigned, ...assigned.flatMap(({ id }) => within.get(id) ?? [])];
  const further = new Map(all.filter(({ id }) => !read.has(id)).map((group) => [group.id, group]));
  await forEachBounded(further.values(), atATime, async (group) => {
    stopIfAborted(reading.signal);
    keep(await readNested(reading.api, group));
  });
  return new Map(all.flatMap(({ id }) => entryOf(id, read.get(id))));
}

function entryOf(id: string, group: ReadGroup | undefined): readonly (readonly [string, ReadGroup])[] {
  return group === undefined ? [] : [[id, group]];
}

/**
 * The assigned groups themselves.
 * @throws AppError source-incomplete where one cannot be read by its id
 */
export async function findGroups(
  { api, signal }: GroupReading,
  assigned: readonly { readonly id: string; readonly name: string }[],
): Promise<readonly GraphGroup[]> {
  const found = new Map<string, GraphGroup>();
  await forEachBounded(assigned, atATime, async ({ id, name }) => {
    stopIfAborted(signal);
    const group = await findGroup(api, id);
    if (group === undefined) throw unreadable(id, name);
    found.set(id, group);
  });
  return assigned.flatMap(({ id }) => found.get(id) ?? []);
}

function unreadable(id: string, name: string): AppError {
  return new AppError(
    "source-incomplete",
    `The group ${printable(name)} is assigned to the application, but cannot be read: Entra ID has no group ${id} for this app.`,
    {
      hint: "Its members would be missing in the comparison. If the group was just deleted, try again in a few minutes.",
    },
  );
}

interface Nested {
  readonly direct: readonly GraphGroup[];
  readonly all: readonly GraphGroup[];
}

async function readAssigned(
  api: ManagementApi,
  group: GraphGroup,
): Promise<Omit<ReadGroup, "nested"> & { readonly nested: Nested }> {
  const own = await readOwn(api, group);
  const all = await listNestedGroups(api, group, "transitiveMembers");
  if (all.length === 0) return { ...own, nested: { direct: [], all } };
  requireShownGroups(all, `within the group ${printable(own.name)}`);
  const direct = await listNestedGroups(api, group, "members");
  const transitive = await listTransitiveMembers(api, group);
  requireShownUsers(transitive, `within the group ${printable(own.name)}`);
  return { ...own, nested: { direct, all }, transitive: transitive.map(({ id }) => id) };
}

async function readNested(api: ManagementApi, group: GraphGroup): Promise<ReadGroup> {
  const own = await readOwn(api, group);
  const nested = await listNestedGroups(api, group, "members");
  return { ...own, nested: nested.map(({ id }) => id) };
}

/** The group with its direct members. */
async function readOwn(api: ManagementApi, group: GraphGroup): Promise<Omit<ReadGroup, "nested">> {
  requireShownGroups([group], "assigned to the application");
  const name = group.displayName ?? group.id;
  if (group.securityEnabled == null) throw unsaid(name);
  const members = await listMembers(api, group);
  requireShownUsers(members, `in the group ${printable(name)}`);
  if (members.length === 0 && group.visibility === "HiddenMembership") {
    throw new AppError(
      "source-incomplete",
      `The membership of the group ${printable(name)} is hidden, and no member of it was shown.`,
      { hint: grant(graphPermissions.hiddenMember) },
    );
  }
  return {
    id: group.id,
    name,
    securityEnabled: group.securityEnabled,
    members: members.map(({ id }) => id),
  };
}

/** Only security groups are provisioned: without a word of it, the group would be left out. */
function unsaid(name: string): AppError {
  return new AppError(
    "source-incomplete",
    `Microsoft Graph does not say whether the group ${printable(name)} is a security group.`,
    { hint: grant(graphPermissions.groupMember) },
  );
}

function stopIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new AppError("interrupted", "Interrupted while the groups were read.");
}
