/** The store in memory: its operations, each within one turn; what it holds is in contents.ts. */

import type { JsonObject } from "../../json.ts";
import { applyEdits } from "../../scim/patch/apply.ts";
import type { Edit } from "../../scim/patch/edit.ts";
import { replaceResource } from "../../scim/replace.ts";
import { sameValue } from "../../scim/same-value.ts";
import { withSchemas } from "../../scim/with-schemas.ts";
import type { Work } from "../../scim/work.ts";
import { Contents } from "./contents.ts";
import type { Clash } from "./indexes.ts";
import { admit } from "./joining.ts";
import { isMemberEdit, memberDelta, type MemberDelta } from "./member-edits.ts";
import { attributesOf, bodyOf, isActive, nameOf, type ResourceRecord } from "./record.ts";
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
  WriteOptions,
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

const noMembers: MemberDelta = { cleared: false, removed: new Set(), added: new Set() };

export class MemoryStore implements Store {
  readonly #options: MemoryStoreOptions;
  readonly #contents: Contents;

  constructor(options: MemoryStoreOptions) {
    this.#options = options;
    this.#contents = new Contents(options.now);
  }

  async create(type: ResourceTypeName, resource: NewResource, options: ReadOptions): Promise<StoreOutcome> {
    const shelf = this.#contents.shelves[type];
    const id = resource.id ?? this.#options.newId();
    const { attributes, members } = resource;
    const clash = this.#clash(type, undefined, attributes);
    if (clash !== undefined) {
      return this.#adopted(type, resource, clash, options) ?? conflict(clash);
    }
    const joining = this.#joining(
      members.length === 0 ? noMembers : { ...noMembers, added: new Set(members) },
    );
    if (joining.kind !== "joining") return joining;
    const afterMs = this.#contents.sinceMadeMs();
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
    if (resource.organizationRole !== undefined) this.#contents.roles.give(id, resource.organizationRole);
    shelf.indexes.move(id, undefined, attributes);
    this.#contents.showAnew("User", this.#contents.memberships.change(id, joining.delta));
    return this.#stored(type, record, true, options);
  }

  async replace(
    type: ResourceTypeName,
    id: string,
    replacement: { readonly attributes: JsonObject; readonly members: readonly string[] | undefined },
    options: WriteOptions,
  ): Promise<StoreOutcome> {
    const found = this.#locate(type, id, options.precondition);
    if (found.kind !== "found") return found;
    const { record } = found;
    const before = attributesOf(type, record);
    const submitted = withActive(before, replacement.attributes, this.#options.rules);
    const replaced = replaceResource(this.#contents.shelves[type].type, before, submitted);
    const after = sameValue(before, replaced) ? undefined : replaced;
    const { members } = replacement;
    const delta =
      members === undefined ? noMembers : { ...noMembers, cleared: true, added: new Set(members) };
    return this.#commit({ type, record, before, after, delta }, options);
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
    const [memberEdits, otherEdits] = partition(type, edits);
    const { before, after } = this.#edited(type, record, otherEdits, options.work);
    const members = {
      ids: this.#contents.memberships.membersOf(id),
      describe: (member: string) => options.presentMember(this.#contents.describeUser(member)),
    };
    const delta = memberEdits.length === 0 ? noMembers : memberDelta(members, memberEdits, options.work);
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
    for (const id of this.#contents.idsUnder(type, key)) {
      const record = this.#contents.shelves[type].records.get(id);
      if (record !== undefined) found.push(this.#contents.snapshot(type, record, options));
    }
    return found;
  }

  async scan(type: ResourceTypeName, page: Page): Promise<PageResult> {
    const source: ScanSource = {
      records: this.#contents.shelves[type].records,
      idsUnder: (key) => this.#contents.idsUnder(type, key),
      createdMs: ({ createdAfterMs }) => this.#contents.madeMs + createdAfterMs,
      takeSnapshot: (record, options) => this.#contents.snapshot(type, record, options),
    };
    return scanRecords(source, page);
  }

  related(type: ResourceTypeName, id: string): AsyncGenerator<readonly StoredMember[]> {
    return this.#contents.relatedInPieces(type, id);
  }

  #locate(
    type: ResourceTypeName,
    id: string,
    precondition: Precondition | undefined,
  ): { kind: "found"; record: ResourceRecord } | StoreRefusal {
    const record = this.#contents.shelves[type].records.get(id);
    if (record === undefined) return { kind: "not-found" };
    if (precondition === undefined) return { kind: "found", record };
    const current = this.#contents.snapshot(type, record, { related: false });
    return precondition(current) ? { kind: "found", record } : { kind: "precondition-failed", current };
  }

  /** Undefined where no attribute is edited: the text is not even parsed then. */
  #edited(
    type: ResourceTypeName,
    record: ResourceRecord,
    edits: readonly Edit[],
    work: Work,
  ): Pick<Change, "before" | "after"> {
    if (edits.length === 0) return { before: undefined, after: undefined };
    const before = attributesOf(type, record);
    const { resource, changed } = applyEdits(this.#contents.shelves[type].type, before, edits, work);
    return { before, after: changed ? resource : undefined };
  }

  /** The one place where a resource changes: everything is checked first, then everything is done. */
  #commit(change: Change, options: ReadOptions): StoreOutcome {
    const { type, record, after } = change;
    const refusal = this.#refusal(change);
    if (refusal !== undefined) return refusal;
    const joining = this.#joining(change.delta);
    if (joining.kind !== "joining") return joining;
    const body = after === undefined ? record.body : bodyOf(type, after);

    const isDeactivated = isDeactivation(change);
    const isRenamed = after !== undefined && nameOf(type, after) !== record.name;
    if (after !== undefined) this.#rewrite(change, after, body);
    const moved = this.#contents.memberships.change(record.id, joining.delta);
    if (isDeactivated) this.#endAccess(record);
    const changed = after !== undefined || moved.length > 0;
    if (changed) this.#contents.bump(record);
    const showing = isRenamed ? new Set([...moved, ...this.#contents.relatedIds(type, record.id)]) : moved;
    this.#contents.showAnew(type === "User" ? "Group" : "User", showing);
    return this.#stored(type, record, changed, options);
  }

  #refusal(change: Change): StoreRefusal | undefined {
    const { type, record, before, after } = change;
    if (after === undefined) return undefined;
    const clash = this.#clash(type, record.id, after, before);
    if (clash !== undefined) return conflict(clash);
    if (type === "User" && this.#options.rules.userNameChange === "refuse") {
      if (nameOf(type, after) !== record.name) return { kind: "user-name-change" };
    }
    return isDeactivation(change) && this.#isLastOwner(record) ? { kind: "last-owner" } : undefined;
  }

  #rewrite({ type, record, before }: Change, after: JsonObject, body: string): void {
    this.#contents.shelves[type].indexes.move(record.id, before, after);
    record.body = body;
    record.name = nameOf(type, after);
    record.active = isActive(after);
  }

  #joining(delta: MemberDelta): ReturnType<typeof admit> {
    return admit(delta, this.#options.rules, (id) => this.#contents.candidate(id));
  }

  #clash(
    type: ResourceTypeName,
    id: string | undefined,
    attributes: JsonObject,
    before?: JsonObject,
  ): Clash | undefined {
    if (type === "Group" && this.#options.rules.existingTeam === "allow") return undefined;
    return this.#contents.shelves[type].indexes.clash(id, attributes, before);
  }

  /** The resource that has the name already, with what was sent; undefined where that is a conflict. */
  #adopted(
    type: ResourceTypeName,
    { attributes, members }: NewResource,
    clash: Clash,
    options: ReadOptions,
  ): StoreOutcome | undefined {
    const shelf = this.#contents.shelves[type];
    const [id = ""] = shelf.indexes.find(clash.attribute, clash.key);
    const record = shelf.records.get(id);
    if (record === undefined || !isAdopted(type, record.active, this.#options.rules)) return undefined;
    const before = attributesOf(type, record);
    const after = withSchemas(shelf.type, { ...before, ...attributes, id });
    const delta = { ...noMembers, added: new Set(members) };
    return this.#commit({ type, record, before, after, delta }, options);
  }

  #endAccess(record: ResourceRecord): void {
    switch (this.#options.rules.deactivation) {
      case "keeps-memberships":
        return;
      case "ends-memberships":
        this.#contents.touch(this.#contents.memberships.endAllOf(record.id));
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
    this.#contents.touch(this.#contents.memberships.endAllOf(record.id));
    return { kind: "removed" };
  }

  #drop(type: ResourceTypeName, record: ResourceRecord): void {
    const { id } = record;
    if (type === "User") this.#contents.touch(this.#contents.memberships.endAllOf(id));
    else this.#contents.showAnew("User", this.#contents.memberships.dissolve(id));
    const shelf = this.#contents.shelves[type];
    shelf.indexes.move(id, attributesOf(type, record), undefined);
    shelf.records.delete(id);
    this.#contents.roles.forget(id);
  }

  #isLastOwner(record: ResourceRecord): boolean {
    const isOwner = record.active && this.#contents.roles.of(record.id) === "ORGANIZATION_OWNER";
    if (!isOwner || this.#options.rules.lastOwner === "allow") return false;
    const { records } = this.#contents.shelves.User;
    return this.#contents.roles.owners().every((id) => id === record.id || records.get(id)?.active !== true);
  }

  #stored(
    type: ResourceTypeName,
    record: ResourceRecord,
    changed: boolean,
    options: ReadOptions,
  ): StoreOutcome {
    return { kind: "stored", resource: this.#contents.snapshot(type, record, options), changed };
  }
}

/** The edits of members, and the others; users have none of the former. */
function partition(
  type: ResourceTypeName,
  edits: readonly Edit[],
): readonly [members: readonly Edit[], others: readonly Edit[]] {
  if (type === "User") return [[], edits];
  return [edits.filter(isMemberEdit), edits.filter((edit) => !isMemberEdit(edit))];
}

function conflict({ attribute, key }: Clash): StoreRefusal {
  return { kind: "conflict", attribute, value: key };
}

function isDeactivation({ type, record, after }: Change): boolean {
  return type === "User" && record.active && after !== undefined && !isActive(after);
}
