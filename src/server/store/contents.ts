/** What the in-memory store holds, and how it is read: records, their indexes, memberships and roles. */

import type { ResourceType } from "../../scim/schema/attribute.ts";
import { groupResourceType } from "../../scim/schema/group.ts";
import { userResourceType } from "../../scim/schema/user.ts";
import { Indexes } from "./indexes.ts";
import type { Candidate } from "./joining.ts";
import { Memberships } from "./memberships.ts";
import { Snapshot, type RecordContext, type ResourceRecord } from "./record.ts";
import { Records } from "./records.ts";
import { OrganizationRoles } from "./roles.ts";
import type { IndexKey, ReadOptions, ResourceTypeName, StoredMember, StoredResource } from "./store.ts";

/** All resources of one type. */
interface Shelf {
  readonly type: ResourceType;
  readonly records: Records;
  readonly indexes: Indexes;
}

/** How many members, or Teams, are described at a time. */
const relatedPiece = 250;

/** Changed by memory.ts alone, within one turn; what is read from here are snapshots. */
export class Contents {
  readonly madeMs: number;
  readonly roles = new OrganizationRoles();
  readonly memberships = new Memberships();
  readonly shelves: Readonly<Record<ResourceTypeName, Shelf>> = {
    User: { type: userResourceType, records: new Records(), indexes: new Indexes("User") },
    Group: { type: groupResourceType, records: new Records(), indexes: new Indexes("Group") },
  };
  readonly #now: () => Date;
  readonly #contexts: Readonly<Record<ResourceTypeName, RecordContext>>;

  constructor(now: () => Date) {
    this.#now = now;
    this.madeMs = now().getTime();
    this.#contexts = {
      User: { type: "User", madeMs: this.madeMs },
      Group: { type: "Group", madeMs: this.madeMs },
    };
  }

  snapshot(type: ResourceTypeName, record: ResourceRecord, options: ReadOptions): StoredResource {
    const related = options.related ? this.related(type, record.id) : undefined;
    return new Snapshot(record, this.#contexts[type], {
      related,
      organizationRole: this.roles.of(record.id),
    });
  }

  related(type: ResourceTypeName, id: string): readonly StoredMember[] {
    const related = this.relatedIds(type, id);
    if (related.size === 0) return nobody;
    if (type === "Group") return Array.from(related, (member) => this.describeUser(member));
    return Array.from(related, (team) => this.describeTeam(team));
  }

  relatedIds(type: ResourceTypeName, id: string): ReadonlySet<string> {
    return type === "Group" ? this.memberships.membersOf(id) : this.memberships.teamsOf(id);
  }

  describeTeam(id: string): StoredMember {
    return { value: id, display: this.shelves.Group.records.get(id)?.name ?? "" };
  }

  describeUser(id: string): StoredMember {
    return { value: id, display: this.shelves.User.records.get(id)?.name ?? "" };
  }

  async *relatedInPieces(type: ResourceTypeName, id: string): AsyncGenerator<readonly StoredMember[]> {
    const ids = [...this.relatedIds(type, id)];
    for (let from = 0; from < ids.length; from += relatedPiece) {
      const piece = ids.slice(from, from + relatedPiece);
      yield type === "Group"
        ? piece.filter((one) => this.shelves.User.records.get(one)).map((one) => this.describeUser(one))
        : piece.filter((one) => this.shelves.Group.records.get(one)).map((one) => this.describeTeam(one));
    }
  }

  idsUnder(type: ResourceTypeName, { index, key }: IndexKey): Iterable<string> {
    if (index === "id") return [key];
    if (index === "member") return type === "Group" ? this.memberships.teamsOf(key) : [];
    return this.shelves[type].indexes.find(index, key);
  }

  candidate(id: string): Candidate {
    const user = this.shelves.User.records.get(id);
    if (user !== undefined) return user.active ? "active-user" : "inactive-user";
    return this.shelves.Group.records.get(id) === undefined ? "nobody" : "team";
  }

  touch(teamIds: readonly string[]): void {
    for (const teamId of teamIds) {
      const team = this.shelves.Group.records.get(teamId);
      if (team !== undefined) this.bump(team);
    }
  }

  /**
   * Gives resources that show something of others a version of their own for it: a user's groups, the names of a Team's
   * members. They are not modified by it, but who knows the last version does not know what they show now.
   */
  showAnew(type: ResourceTypeName, ids: Iterable<string>): void {
    const { records } = this.shelves[type];
    for (const id of ids) {
      const record = records.get(id);
      if (record !== undefined) record.version += 1;
    }
  }

  bump(record: ResourceRecord): void {
    record.version += 1;
    record.lastModifiedAfterMs = this.sinceMadeMs();
  }

  /** As an integer where it fits into one: it then takes no memory of its own. */
  sinceMadeMs(): number {
    const ms = this.#now().getTime() - this.madeMs;
    const integer = Math.trunc(ms) | 0;
    return integer === ms ? integer : ms;
  }
}

const nobody: readonly StoredMember[] = [];
