/** The store in memory: Maps for what is looked up, one record a resource, every operation in one turn. */

import { isDeepStrictEqual } from "node:util";
import type { JsonObject } from "../../json.ts";
import { applyEdits } from "../../scim/patch/apply.ts";
import type { Edit } from "../../scim/patch/edit.ts";
import { replaceResource } from "../../scim/replace.ts";
import type { ResourceType } from "../../scim/schema/attribute.ts";
import { groupResourceType } from "../../scim/schema/group.ts";
import { userResourceType } from "../../scim/schema/user.ts";
import { Indexes } from "./indexes.ts";
import { isMemberEdit, memberDelta, type MemberDelta } from "./member-edits.ts";
import { Memberships } from "./memberships.ts";
import { Records } from "./records.ts";
import { attributesOf, isActive, nameOf, Snapshot, type ResourceRecord } from "./record.ts";
import type {
  IndexKey,
  NewResource,
  Page,
  PageResult,
  Precondition,
  ReadOptions,
  ResourceTypeName,
  Store,
  StoredMember,
  StoredResource,
  StoreOutcome,
  StoreRefusal,
} from "./store.ts";

/** What Astro does on top of the protocol; each is a row of behaviour.ts. */
export interface StoreRules {
  /** A user who is deactivated leaves every Team. */
  readonly deactivationEndsMemberships: boolean;
  /** The last active organization owner can neither be deactivated nor deleted. */
  readonly keepsLastOwner: boolean;
}

export interface MemoryStoreOptions {
  readonly now: () => Date;
  readonly newId: () => string;
  readonly rules: StoreRules;
}

/** One resource from what it was to what it becomes; the same object, or undefined, where no attribute changes. */
interface Change {
  readonly type: ResourceTypeName;
  readonly record: ResourceRecord;
  readonly before: JsonObject | undefined;
  readonly after: JsonObject | undefined;
  readonly delta: MemberDelta;
}

interface Shelf {
  readonly type: ResourceType;
  readonly records: Records;
  readonly indexes: Indexes;
}

/** How many resources a scan looks at before it lets other requests have their turn. */
const scanSlice = 2_000;

const noMembers: MemberDelta = { cleared: false, removed: new Set(), added: new Set() };

export class MemoryStore implements Store {
  readonly #options: MemoryStoreOptions;
  readonly #memberships = new Memberships();
  readonly #shelves: Readonly<Record<ResourceTypeName, Shelf>> = {
    User: { type: userResourceType, records: new Records(), indexes: new Indexes("User") },
    Group: { type: groupResourceType, records: new Records(), indexes: new Indexes("Group") },
  };

  constructor(options: MemoryStoreOptions) {
    this.#options = options;
  }

  async create(type: ResourceTypeName, resource: NewResource): Promise<StoreOutcome> {
    const shelf = this.#shelves[type];
    const id = this.#options.newId();
    const attributes = { ...resource.attributes, id };
    const clash = shelf.indexes.clash(undefined, attributes);
    if (clash !== undefined) return { kind: "conflict", attribute: clash.attribute, value: clash.key };
    const joining = this.#joining({ ...noMembers, added: new Set(resource.members) });
    if (joining.kind !== "joining") return joining;
    const now = this.#options.now().getTime();
    const record: ResourceRecord = {
      id,
      text: JSON.stringify(attributes),
      name: nameOf(type, attributes),
      active: isActive(attributes),
      created: now,
      lastModified: now,
      version: 1,
      organizationRole: resource.organizationRole ?? "ORGANIZATION_MEMBER",
    };
    shelf.records.add(record);
    shelf.indexes.move(id, undefined, attributes);
    this.#memberships.change(id, joining.delta);
    return this.#stored(type, record, true, { related: true });
  }

  async replace(
    type: ResourceTypeName,
    id: string,
    replacement: { readonly attributes: JsonObject; readonly members: readonly string[] | undefined },
    precondition?: Precondition,
  ): Promise<StoreOutcome> {
    const found = this.#locate(type, id, precondition);
    if (found.kind !== "found") return found;
    const { record } = found;
    const before = attributesOf(record);
    const submitted = keepingActive(before, replacement.attributes);
    const replaced = replaceResource(this.#shelves[type].type, before, submitted);
    // The same object where nothing changes: what is the same is neither written nor indexed again.
    const after = isDeepStrictEqual(before, replaced) ? before : replaced;
    const { members } = replacement;
    const delta =
      members === undefined ? noMembers : { ...noMembers, cleared: true, added: new Set(members) };
    return this.#commit({ type, record, before, after, delta }, { related: true });
  }

  async edit(
    type: ResourceTypeName,
    id: string,
    edits: readonly Edit[],
    options: ReadOptions & { readonly precondition?: Precondition },
  ): Promise<StoreOutcome> {
    const found = this.#locate(type, id, options.precondition);
    if (found.kind !== "found") return found;
    const { record } = found;
    const memberEdits = edits.filter(isMemberEdit);
    const otherEdits = edits.filter((edit) => !isMemberEdit(edit));
    const { before, after } = this.#edited(type, record, otherEdits);
    const members = {
      ids: this.#memberships.membersOf(id),
      describe: (member: string) => this.#describeUser(member),
    };
    const delta = memberEdits.length === 0 ? noMembers : memberDelta(members, memberEdits);
    return this.#commit({ type, record, before, after, delta }, options);
  }

  async remove(
    type: ResourceTypeName,
    id: string,
    precondition?: Precondition,
  ): Promise<{ kind: "removed" } | StoreRefusal> {
    const found = this.#locate(type, id, precondition);
    if (found.kind !== "found") return found;
    const { record } = found;
    if (this.#isLastOwner(record)) return { kind: "last-owner" };
    if (type === "User") this.#touch(this.#memberships.endAllOf(id));
    else this.#memberships.dissolve(id);
    const shelf = this.#shelves[type];
    shelf.indexes.move(id, attributesOf(record), undefined);
    shelf.records.delete(id);
    return { kind: "removed" };
  }

  async find(
    type: ResourceTypeName,
    key: IndexKey,
    options: ReadOptions,
  ): Promise<readonly StoredResource[]> {
    const found: StoredResource[] = [];
    for (const id of this.#idsUnder(type, key)) {
      const record = this.#shelves[type].records.get(id);
      if (record !== undefined) found.push(this.#snapshot(type, record, options));
    }
    return found;
  }

  async scan(type: ResourceTypeName, page: Page): Promise<PageResult> {
    const { matches, order } = page;
    const { records } = this.#shelves[type];
    if (matches === undefined && order === undefined) {
      const resources = records.slice(page).map((record) => this.#snapshot(type, record, page));
      return { totalResults: records.size, resources };
    }
    const kept: StoredResource[] = [];
    let looked = 0;
    for (const record of records.all()) {
      looked += 1;
      if (looked % scanSlice === 0) await turn();
      const resource = this.#snapshot(type, record, page);
      if (matches === undefined || matches(resource)) kept.push(resource);
    }
    if (order !== undefined) kept.sort(order);
    const resources = kept.slice(page.startIndex - 1, page.startIndex - 1 + page.count);
    return { totalResults: kept.length, resources };
  }

  #locate(
    type: ResourceTypeName,
    id: string,
    precondition: Precondition | undefined,
  ): { kind: "found"; record: ResourceRecord } | StoreRefusal {
    const record = this.#shelves[type].records.get(id);
    if (record === undefined) return { kind: "not-found" };
    if (precondition === undefined) return { kind: "found", record };
    const current = new Snapshot(record, undefined);
    return precondition(current) ? { kind: "found", record } : { kind: "precondition-failed", current };
  }

  /** Undefined where no attribute is edited: the text is not even parsed then. */
  #edited(
    type: ResourceTypeName,
    record: ResourceRecord,
    edits: readonly Edit[],
  ): Pick<Change, "before" | "after"> {
    if (edits.length === 0) return { before: undefined, after: undefined };
    const before = attributesOf(record);
    return { before, after: applyEdits(this.#shelves[type].type, before, edits).resource };
  }

  /** The one place where a resource changes: everything is checked first, then everything is done. */
  #commit(change: Change, options: ReadOptions): StoreOutcome {
    const { type, record, before, after } = change;
    const { indexes } = this.#shelves[type];
    const attributesChanged = after !== undefined && after !== before;
    const clash = attributesChanged ? indexes.clash(record.id, after) : undefined;
    if (clash !== undefined) return { kind: "conflict", attribute: clash.attribute, value: clash.key };
    const deactivated = attributesChanged && type === "User" && record.active && !isActive(after);
    if (deactivated && this.#isLastOwner(record)) return { kind: "last-owner" };
    const joining = this.#joining(change.delta);
    if (joining.kind !== "joining") return joining;

    if (attributesChanged) {
      indexes.move(record.id, before, after);
      record.text = JSON.stringify(after);
      record.name = nameOf(type, after);
      record.active = isActive(after);
    }
    const membersChanged = this.#memberships.change(record.id, joining.delta);
    if (deactivated && this.#options.rules.deactivationEndsMemberships) {
      this.#touch(this.#memberships.endAllOf(record.id));
    }
    const changed = attributesChanged || membersChanged;
    if (changed) this.#bump(record);
    return this.#stored(type, record, changed, options);
  }

  /** Checks who joins: a stranger is refused, an inactive user passed over (Inferred: nothing public says). */
  #joining(delta: MemberDelta): { kind: "joining"; delta: MemberDelta } | StoreRefusal {
    const added = new Set<string>();
    for (const id of delta.added) {
      const user = this.#shelves.User.records.get(id);
      if (user === undefined) return { kind: "unknown-member", value: id };
      if (user.active) added.add(id);
    }
    return { kind: "joining", delta: { ...delta, added } };
  }

  #isLastOwner(record: ResourceRecord): boolean {
    if (!this.#options.rules.keepsLastOwner || !isActiveOwner(record)) return false;
    for (const other of this.#shelves.User.records.all()) {
      if (other !== record && isActiveOwner(other)) return false;
    }
    return true;
  }

  #touch(teamIds: readonly string[]): void {
    for (const teamId of teamIds) {
      const team = this.#shelves.Group.records.get(teamId);
      if (team !== undefined) this.#bump(team);
    }
  }

  #bump(record: ResourceRecord): void {
    record.version += 1;
    record.lastModified = this.#options.now().getTime();
  }

  #idsUnder(type: ResourceTypeName, { index, key }: IndexKey): Iterable<string> {
    if (index === "id") return [key];
    if (index === "member") return type === "Group" ? this.#memberships.teamsOf(key) : [];
    return this.#shelves[type].indexes.find(index, key);
  }

  #stored(
    type: ResourceTypeName,
    record: ResourceRecord,
    changed: boolean,
    options: ReadOptions,
  ): StoreOutcome {
    return { kind: "stored", resource: this.#snapshot(type, record, options), changed };
  }

  #snapshot(type: ResourceTypeName, record: ResourceRecord, options: ReadOptions): StoredResource {
    return new Snapshot(record, options.related ? this.#related(type, record.id) : undefined);
  }

  #related(type: ResourceTypeName, id: string): readonly StoredMember[] {
    const related = type === "Group" ? this.#memberships.membersOf(id) : this.#memberships.teamsOf(id);
    if (related.size === 0) return nobody;
    const describe = type === "Group" ? this.#describeUser : this.#describeTeam;
    return Array.from(related, describe, this);
  }

  #describeTeam(id: string): StoredMember {
    return { value: id, display: this.#shelves.Group.records.get(id)?.name ?? "" };
  }

  #describeUser(id: string): StoredMember {
    return { value: id, display: this.#shelves.User.records.get(id)?.name ?? "" };
  }
}

/** A PUT that says nothing of `active` does not bring a deactivated account back (RFC 7644 §3.5.1 leaves it open). */
function keepingActive(current: JsonObject, submitted: JsonObject): JsonObject {
  const active = submitted["active"] ?? current["active"];
  return active === undefined ? submitted : { ...submitted, active };
}

const nobody: readonly StoredMember[] = [];

function isActiveOwner(record: ResourceRecord): boolean {
  return record.organizationRole === "ORGANIZATION_OWNER" && record.active;
}

/** Lets what waits have its turn. */
async function turn(): Promise<void> {
  await new Promise<void>((resolve) => {
    setImmediate(resolve);
  });
}
