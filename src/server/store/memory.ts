/** The store in memory: Maps for what is looked up, one record a resource, every operation in one turn. */

import { isDeepStrictEqual } from "node:util";
import type { JsonObject } from "../../json.ts";
import { applyEdits } from "../../scim/patch/apply.ts";
import type { Edit } from "../../scim/patch/edit.ts";
import { replaceResource } from "../../scim/replace.ts";
import type { ResourceType } from "../../scim/schema/attribute.ts";
import { groupResourceType } from "../../scim/schema/group.ts";
import { userResourceType } from "../../scim/schema/user.ts";
import { withSchemas } from "../../scim/with-schemas.ts";
import { Indexes, type Clash } from "./indexes.ts";
import { admit, type Candidate } from "./joining.ts";
import { isMemberEdit, memberDelta, type MemberDelta } from "./member-edits.ts";
import { Memberships } from "./memberships.ts";
import { Records } from "./records.ts";
import {
  attributesOf,
  bodyOf,
  isActive,
  nameOf,
  Snapshot,
  type RecordContext,
  type ResourceRecord,
} from "./record.ts";
import { OrganizationRoles } from "./roles.ts";
import { isAdopted, withActive, type StoreRules } from "./rules.ts";
import { scanRecords, type ScanSource } from "./scan.ts";
import type {
  EditOptions,
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

export interface MemoryStoreOptions {
  readonly now: () => Date;
  readonly newId: () => string;
  readonly rules: StoreRules;
}

/** One resource from what it was to what it becomes; `after` is undefined where no attribute changes. */
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

/** How many members, or Teams, are described at a time. */
const relatedPiece = 250;

const noMembers: MemberDelta = { cleared: false, removed: new Set(), added: new Set() };

export class MemoryStore implements Store {
  readonly #options: MemoryStoreOptions;
  readonly #madeMs: number;
  readonly #contexts: Readonly<Record<ResourceTypeName, RecordContext>>;
  readonly #roles = new OrganizationRoles();
  readonly #memberships = new Memberships();
  readonly #shelves: Readonly<Record<ResourceTypeName, Shelf>> = {
    User: { type: userResourceType, records: new Records(), indexes: new Indexes("User") },
    Group: { type: groupResourceType, records: new Records(), indexes: new Indexes("Group") },
  };

  constructor(options: MemoryStoreOptions) {
    this.#options = options;
    this.#madeMs = options.now().getTime();
    this.#contexts = {
      User: { type: "User", madeMs: this.#madeMs },
      Group: { type: "Group", madeMs: this.#madeMs },
    };
  }

  async create(type: ResourceTypeName, resource: NewResource): Promise<StoreOutcome> {
    const shelf = this.#shelves[type];
    const id = resource.id ?? this.#options.newId();
    const attributes = { ...resource.attributes, id };
    const clash = this.#clash(type, undefined, attributes);
    if (clash !== undefined) return this.#adopted(type, resource, clash) ?? conflict(clash);
    const joining = this.#joining({ ...noMembers, added: new Set(resource.members) });
    if (joining.kind !== "joining") return joining;
    const afterMs = this.#sinceMadeMs();
    const record: ResourceRecord = {
      id,
      body: bodyOf(type, attributes),
      name: nameOf(type, attributes),
      active: isActive(attributes),
      createdAfterMs: afterMs,
      lastModifiedAfterMs: afterMs,
      version: 1,
    };
    shelf.records.add(record);
    if (resource.organizationRole !== undefined) this.#roles.give(id, resource.organizationRole);
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
    const before = attributesOf(type, record);
    const submitted = withActive(before, replacement.attributes, this.#options.rules);
    const replaced = replaceResource(this.#shelves[type].type, before, submitted);
    const after = isDeepStrictEqual(before, replaced) ? undefined : replaced;
    const { members } = replacement;
    const delta =
      members === undefined ? noMembers : { ...noMembers, cleared: true, added: new Set(members) };
    return this.#commit({ type, record, before, after, delta }, { related: true });
  }

  async edit(
    type: ResourceTypeName,
    id: string,
    edits: readonly Edit[],
    options: EditOptions,
  ): Promise<StoreOutcome> {
    const found = this.#locate(type, id, options.precondition);
    if (found.kind !== "found") return found;
    const { record } = found;
    const memberEdits = edits.filter(isMemberEdit);
    const otherEdits = edits.filter((edit) => !isMemberEdit(edit));
    const { before, after } = this.#edited(type, record, otherEdits);
    const members = {
      ids: this.#memberships.membersOf(id),
      describe: (member: string) => options.presentMember(this.#describeUser(member)),
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
    if (type === "User" && this.#options.rules.userDeletion === "deactivates") return this.#retired(record);
    if (this.#isLastOwner(record)) return { kind: "last-owner" };
    this.#drop(type, record);
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
    const source: ScanSource = {
      records: this.#shelves[type].records,
      createdMs: ({ createdAfterMs }) => this.#madeMs + createdAfterMs,
      takeSnapshot: (record, options) => this.#snapshot(type, record, options),
    };
    return scanRecords(source, page);
  }

  async *related(type: ResourceTypeName, id: string): AsyncGenerator<readonly StoredMember[]> {
    const ids = [...this.#relatedIds(type, id)];
    for (let from = 0; from < ids.length; from += relatedPiece) {
      const piece = ids.slice(from, from + relatedPiece);
      yield type === "Group"
        ? piece.filter((one) => this.#shelves.User.records.get(one)).map((one) => this.#describeUser(one))
        : piece.filter((one) => this.#shelves.Group.records.get(one)).map((one) => this.#describeTeam(one));
    }
  }

  #locate(
    type: ResourceTypeName,
    id: string,
    precondition: Precondition | undefined,
  ): { kind: "found"; record: ResourceRecord } | StoreRefusal {
    const record = this.#shelves[type].records.get(id);
    if (record === undefined) return { kind: "not-found" };
    if (precondition === undefined) return { kind: "found", record };
    const current = this.#snapshot(type, record, { related: false });
    return precondition(current) ? { kind: "found", record } : { kind: "precondition-failed", current };
  }

  /** Undefined where no attribute is edited: the text is not even parsed then. */
  #edited(
    type: ResourceTypeName,
    record: ResourceRecord,
    edits: readonly Edit[],
  ): Pick<Change, "before" | "after"> {
    if (edits.length === 0) return { before: undefined, after: undefined };
    const before = attributesOf(type, record);
    const { resource, changed } = applyEdits(this.#shelves[type].type, before, edits);
    return { before, after: changed ? resource : undefined };
  }

  /** The one place where a resource changes: everything is checked first, then everything is done. */
  #commit(change: Change, options: ReadOptions): StoreOutcome {
    const { type, record, after } = change;
    const refusal = this.#refusal(change);
    if (refusal !== undefined) return refusal;
    const joining = this.#joining(change.delta);
    if (joining.kind !== "joining") return joining;

    const isDeactivated = isDeactivation(change);
    if (after !== undefined) this.#rewrite(change, after);
    const membersChanged = this.#memberships.change(record.id, joining.delta);
    if (isDeactivated) this.#endAccess(record);
    const changed = after !== undefined || membersChanged;
    if (changed) this.#bump(record);
    return this.#stored(type, record, changed, options);
  }

  #refusal(change: Change): StoreRefusal | undefined {
    const { type, record, after } = change;
    if (after === undefined) return undefined;
    const clash = this.#clash(type, record.id, after);
    if (clash !== undefined) return conflict(clash);
    if (type === "User" && this.#options.rules.userNameChange === "refuse") {
      if (nameOf(type, after) !== record.name) return { kind: "user-name-change" };
    }
    return isDeactivation(change) && this.#isLastOwner(record) ? { kind: "last-owner" } : undefined;
  }

  #rewrite({ type, record, before }: Change, after: JsonObject): void {
    this.#shelves[type].indexes.move(record.id, before, after);
    record.body = bodyOf(type, after);
    record.name = nameOf(type, after);
    record.active = isActive(after);
  }

  #joining(delta: MemberDelta): ReturnType<typeof admit> {
    return admit(delta, this.#options.rules, (id) => this.#candidate(id));
  }

  #candidate(id: string): Candidate {
    const user = this.#shelves.User.records.get(id);
    if (user !== undefined) return user.active ? "active-user" : "inactive-user";
    return this.#shelves.Group.records.get(id) === undefined ? "nobody" : "team";
  }

  #clash(type: ResourceTypeName, id: string | undefined, attributes: JsonObject): Clash | undefined {
    if (type === "Group" && this.#options.rules.existingTeam === "allow") return undefined;
    return this.#shelves[type].indexes.clash(id, attributes);
  }

  /** The resource that has the name already, with what was sent; undefined where that is a conflict. */
  #adopted(
    type: ResourceTypeName,
    { attributes, members }: NewResource,
    clash: Clash,
  ): StoreOutcome | undefined {
    const shelf = this.#shelves[type];
    const [id = ""] = shelf.indexes.find(clash.attribute, clash.key);
    const record = shelf.records.get(id);
    if (record === undefined || !isAdopted(type, record.active, this.#options.rules)) return undefined;
    const before = attributesOf(type, record);
    const after = withSchemas(shelf.type, { ...before, ...attributes, id });
    const delta = { ...noMembers, added: new Set(members) };
    return this.#commit({ type, record, before, after, delta }, { related: true });
  }

  #endAccess(record: ResourceRecord): void {
    switch (this.#options.rules.deactivation) {
      case "keeps-memberships":
        return;
      case "ends-memberships":
        this.#touch(this.#memberships.endAllOf(record.id));
        return;
      case "removes":
        this.#drop("User", record);
    }
  }

  /** A user who is deleted and whose record stays. */
  #retired(record: ResourceRecord): { kind: "removed" } | StoreRefusal {
    const before = attributesOf("User", record);
    const after = record.active ? { ...before, active: false } : undefined;
    const outcome = this.#commit(
      { type: "User", record, before, after, delta: noMembers },
      { related: false },
    );
    if (outcome.kind !== "stored") return outcome;
    this.#touch(this.#memberships.endAllOf(record.id));
    return { kind: "removed" };
  }

  #drop(type: ResourceTypeName, record: ResourceRecord): void {
    const { id } = record;
    if (type === "User") this.#touch(this.#memberships.endAllOf(id));
    else this.#memberships.dissolve(id);
    const shelf = this.#shelves[type];
    shelf.indexes.move(id, attributesOf(type, record), undefined);
    shelf.records.delete(id);
    this.#roles.forget(id);
  }

  #isLastOwner(record: ResourceRecord): boolean {
    const isOwner = record.active && this.#roles.of(record.id) === "ORGANIZATION_OWNER";
    if (!isOwner || this.#options.rules.lastOwner === "allow") return false;
    const { records } = this.#shelves.User;
    return this.#roles.owners().every((id) => id === record.id || records.get(id)?.active !== true);
  }

  /** As an integer where it fits into one: it then takes no memory of its own. */
  #sinceMadeMs(): number {
    const ms = this.#options.now().getTime() - this.#madeMs;
    const integer = Math.trunc(ms) | 0;
    return integer === ms ? integer : ms;
  }

  #touch(teamIds: readonly string[]): void {
    for (const teamId of teamIds) {
      const team = this.#shelves.Group.records.get(teamId);
      if (team !== undefined) this.#bump(team);
    }
  }

  #bump(record: ResourceRecord): void {
    record.version += 1;
    record.lastModifiedAfterMs = this.#sinceMadeMs();
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
    const related = options.related ? this.#related(type, record.id) : undefined;
    return new Snapshot(record, this.#contexts[type], {
      related,
      organizationRole: this.#roles.of(record.id),
    });
  }

  #related(type: ResourceTypeName, id: string): readonly StoredMember[] {
    const related = this.#relatedIds(type, id);
    if (related.size === 0) return nobody;
    if (type === "Group") return Array.from(related, (member) => this.#describeUser(member));
    return Array.from(related, (team) => this.#describeTeam(team));
  }

  #relatedIds(type: ResourceTypeName, id: string): ReadonlySet<string> {
    return type === "Group" ? this.#memberships.membersOf(id) : this.#memberships.teamsOf(id);
  }

  #describeTeam(id: string): StoredMember {
    return { value: id, display: this.#shelves.Group.records.get(id)?.name ?? "" };
  }

  #describeUser(id: string): StoredMember {
    return { value: id, display: this.#shelves.User.records.get(id)?.name ?? "" };
  }
}

function conflict({ attribute, key }: Clash): StoreRefusal {
  return { kind: "conflict", attribute, value: key };
}

function isDeactivation({ type, record, after }: Change): boolean {
  return type === "User" && record.active && after !== undefined && !isActive(after);
}

const nobody: readonly StoredMember[] = [];
