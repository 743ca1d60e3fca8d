/** What the in-memory store holds, and how it is read: records, their indexes, memberships and roles. */

import type { ResourceType } from "../../../scim/schema/attribute.ts";
import { groupResourceType } from "../../../scim/schema/group.ts";
import { userResourceType } from "../../../scim/schema/user.ts";
import { Indexes } from "./indexes.ts";
import { Memberships, type HeldIds } from "./memberships.ts";
import { asSmallInteger, Snapshot, type RecordContext, type ResourceRecord } from "./record.ts";
import { Records } from "./records.ts";
import { OwnParts } from "./own-parts.ts";
import type { Described, IndexKey, ReadOptions, StoredMember, StoredResource } from "../rows.ts";
import type { OrganizationRow } from "../organization-row.ts";
import type { ResourceTypeName } from "../resource-type-name.ts";

/** All resources of one type. */
interface ResourceTable {
  readonly type: ResourceType;
  readonly records: Records;
  readonly indexes: Indexes;
}

/** How many members, or Teams, are described at a time. */
const relatedPiece = 250;

/** Changed by commit.ts alone, within one turn; what is read from here are snapshots. */
export class Contents {
  readonly madeMs: number;
  readonly ownParts = new OwnParts();
  /** Undefined until it is kept for the first time. */
  organization: OrganizationRow | undefined;
  readonly memberships = new Memberships();
  readonly shelves: Readonly<Record<ResourceTypeName, ResourceTable>> = {
    User: { type: userResourceType, records: new Records(), indexes: new Indexes("User") },
    Group: { type: groupResourceType, records: new Records(), indexes: new Indexes("Group") },
  };
  readonly contexts: Readonly<Record<ResourceTypeName, RecordContext>>;

  constructor(madeMs: number) {
    this.madeMs = madeMs;
    this.contexts = { User: { type: "User", madeMs }, Group: { type: "Group", madeMs } };
  }

  snapshot(type: ResourceTypeName, record: ResourceRecord, options: ReadOptions): StoredResource {
    const related = options.related ? this.related(type, record.id) : undefined;
    return new Snapshot(record, this.contexts[type], { related, own: this.ownParts.of(record.id) });
  }

  related(type: ResourceTypeName, id: string): readonly StoredMember[] {
    const related = this.relatedIds(type, id);
    if (related.size === 0) return noMembers;
    if (type === "Group") return Array.from(related.keys(), (member) => this.describeUser(member));
    return Array.from(related.keys(), (team) => this.describeTeam(team));
  }

  relatedIds(type: ResourceTypeName, id: string): HeldIds {
    return type === "Group" ? this.memberships.membersOf(id) : this.memberships.teamsOf(id);
  }

  describeTeam(id: string): StoredMember {
    return { value: id, display: this.shelves.Group.records.get(id)?.name };
  }

  describeUser(id: string): StoredMember {
    return { value: id, display: this.shelves.User.records.get(id)?.name };
  }

  async *relatedInPieces(type: ResourceTypeName, id: string): AsyncGenerator<readonly StoredMember[]> {
    const ids = [...this.relatedIds(type, id).keys()];
    for (let from = 0; from < ids.length; from += relatedPiece) {
      const piece = ids.slice(from, from + relatedPiece);
      yield type === "Group"
        ? piece.map((one) => this.describeUser(one)).filter((one) => this.#isHeld(id, one))
        : piece.filter((one) => this.shelves.Group.records.get(one)).map((one) => this.describeTeam(one));
    }
  }

  /** A user who was deleted meanwhile is not a member any more; an id that is nobody's may be one. */
  #isHeld(teamId: string, { value, display }: StoredMember): boolean {
    return display !== undefined || this.memberships.membersOf(teamId).has(value);
  }

  idsUnder(type: ResourceTypeName, { index, key }: IndexKey): Iterable<string> {
    if (index === "id") return [key];
    if (index === "member") return type === "Group" ? this.memberships.teamsOf(key).keys() : [];
    if (index === "role") return type === "User" ? this.#usersAmong(this.ownParts.idsOf(key)) : [];
    if (index === "invite") return type === "User" ? this.ownParts.idsInvitedBy(key) : [];
    return this.shelves[type].indexes.find(index, key);
  }

  #usersAmong(ids: readonly string[]): readonly string[] {
    return ids.filter((id) => this.shelves.User.records.get(id) !== undefined);
  }

  /** Whether all that is under the key has it. */
  isExact(type: ResourceTypeName, { index }: IndexKey): boolean {
    if (isOwnIndex(index)) return true;
    return this.shelves[type].indexes.isExact(index);
  }

  /** Whether a row that is under the key has it; its attributes are looked at only where that is not sure. */
  isUnder(type: ResourceTypeName, key: IndexKey, row: StoredResource): boolean {
    if (isOwnIndex(key.index) || this.isExact(type, key)) return true;
    return this.shelves[type].indexes.has(row.attributes, key.index, key.key);
  }

  describe(id: string): Described {
    const user = this.shelves.User.records.get(id);
    if (user !== undefined) {
      return { value: id, display: user.name, standing: user.active ? "active-user" : "inactive-user" };
    }
    const team = this.shelves.Group.records.get(id);
    return { value: id, display: undefined, standing: team === undefined ? "nobody" : "team" };
  }

  /** Gives rows their next version; undefined for those that are not modified by what has changed. */
  touch(type: ResourceTypeName, ids: readonly string[], modifiedMs: number | undefined): void {
    const { records } = this.shelves[type];
    const afterMs = modifiedMs === undefined ? undefined : asSmallInteger(modifiedMs - this.madeMs);
    for (const id of ids) {
      const record = records.get(id);
      if (record === undefined) continue;
      record.version += 1;
      if (afterMs !== undefined) record.lastModifiedAfterMs = afterMs;
    }
  }
}

const noMembers: readonly StoredMember[] = [];

/** What is found without an index of attributes. */
function isOwnIndex(index: IndexKey["index"]): index is "id" | "member" | "role" | "invite" {
  return index === "id" || index === "member" || index === "role" || index === "invite";
}
