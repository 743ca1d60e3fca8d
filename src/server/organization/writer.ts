/** The operations that SCIM has, each within a transaction that is open: what each of them changes. */

import type { JsonObject } from "../../ground/json.ts";
import { applyEdits } from "../../scim/patch/apply.ts";
import type { Edit } from "../../scim/patch/edit.ts";
import { replaceResource } from "../../scim/replace.ts";
import { sameValue } from "../../scim/value/same-value.ts";
import { groupResourceType } from "../../scim/schema/group.ts";
import { userResourceType } from "../../scim/schema/user.ts";
import { withSchemas } from "../../scim/with-schemas.ts";
import type { ReadOptions, Row, StoredResource, Transaction } from "../store/rows.ts";
import type { ResourceTypeName } from "../store/resource-type-name.ts";
import { conflictOf, newUniqueName } from "./change.ts";
import { consequencesOfCreation, consequencesOfRemoval } from "./consequences.ts";
import { isMemberEdit, noMembers, type MemberDelta } from "./member-edits.ts";
import { isLastOwner } from "./judge.ts";
import { readMemberDelta } from "./read-members.ts";
import type {
  EditOptions,
  NewResource,
  Outcome,
  Precondition,
  Removal,
  Replacement,
  WriteOptions,
} from "./outcome.ts";
import { isUnmanaged, ownPartOfNew } from "./own-part.ts";
import { isAdopted, withActive } from "./rules.ts";
import { UnitOfWork, withoutRelated, type UnitOfWorkOptions } from "./unit-of-work.ts";

export interface WriterOptions extends UnitOfWorkOptions {
  readonly newId: () => string;
}

const resourceTypes = { User: userResourceType, Group: groupResourceType } as const;

/** One operation in its transaction. */
export class Writer {
  readonly #rows: Transaction;
  readonly #options: WriterOptions;
  readonly #unit: UnitOfWork;

  constructor(rows: Transaction, options: WriterOptions) {
    this.#rows = rows;
    this.#options = options;
    this.#unit = new UnitOfWork(rows, options);
  }

  async create(type: ResourceTypeName, resource: NewResource, options: ReadOptions): Promise<Outcome> {
    const { rules, newId } = this.#options;
    const { attributes, members, own = ownPartOfNew(type, this.#options.origin) } = resource;
    const id = resource.id ?? newId();
    const name = newUniqueName(type, undefined, attributes, rules);
    const [holder] = name === undefined ? [] : await this.#rows.find(type, name, withoutRelated);
    if (name !== undefined && holder !== undefined) {
      if (!isAdopted(type, holder.active, rules)) return conflictOf(name);
      return this.#adopt(type, holder, resource, options);
    }
    const joining = await this.#unit.admit(joinersOf(members));
    if (joining.kind !== "joining") return joining;
    const context = this.#unit.context();
    const row: Row = {
      id,
      attributes: withId(attributes, id),
      createdMs: context.nowMs,
      lastModifiedMs: context.nowMs,
      version: 1,
      own,
    };
    await this.#rows.commit(consequencesOfCreation(type, row, [...joining.delta.added], context));
    return this.#unit.stored(type, id, { changed: true, leftOut: joining.leftOut }, options);
  }

  async replace(
    type: ResourceTypeName,
    id: string,
    { attributes, members }: Replacement,
    options: WriteOptions,
  ): Promise<Outcome> {
    const found = await this.#unit.locate(type, id, options.precondition);
    if (found.kind !== "found") return found;
    const { row } = found;
    const submitted = withActive(row.attributes, attributes);
    const replaced = replaceResource(resourceTypes[type], row.attributes, submitted);
    const after = sameValue(row.attributes, replaced) ? undefined : replaced;
    const delta = members === undefined ? noMembers : { ...joinersOf(members), cleared: true };
    return this.#unit.commit({ type, row, after, delta, kind: "changed" }, options);
  }

  async edit(type: ResourceTypeName, id: string, options: EditOptions): Promise<Outcome> {
    const found = await this.#unit.locate(type, id, options.precondition);
    if (found.kind !== "found") return found;
    const { row } = found;
    const { edits, work } = options;
    const [memberEdits, otherEdits] = partition(type, edits);
    // Where no attribute is edited, none is looked at.
    const edited =
      otherEdits.length === 0 ? undefined : applyEdits(resourceTypes[type], row.attributes, otherEdits, work);
    const after = edited?.changed === true ? edited.resource : undefined;
    const delta =
      memberEdits.length === 0
        ? noMembers
        : await readMemberDelta(this.#rows, id, { ...options, edits: memberEdits });
    return this.#unit.commit({ type, row, after, delta, kind: "changed" }, options);
  }

  async remove(type: ResourceTypeName, id: string, precondition: Precondition | undefined): Promise<Removal> {
    const found = await this.#unit.locate(type, id, precondition);
    if (found.kind !== "found") return found;
    const { row } = found;
    if (type === "User" && this.#options.rules.userDeletion === "deactivates") return this.#retire(row);
    if (type === "User" && (await isLastOwner(row, this.#rows, this.#options.rules)))
      return { kind: "last-owner" };
    if (isUnmanaged(type, row, this.#options)) return { kind: "unmanaged-team" };
    const relatedIds = await this.#rows.relatedIds(type, id);
    await this.#rows.commit(consequencesOfRemoval(type, row, relatedIds, this.#unit.context()));
    return { kind: "removed" };
  }

  /** A user who is deleted and whose row stays. */
  async #retire(row: StoredResource): Promise<Removal> {
    const after = row.active ? { ...row.attributes, active: false } : undefined;
    const outcome = await this.#unit.commit(
      { type: "User", row, after, delta: noMembers, kind: "deleted" },
      withoutRelated,
    );
    return outcome.kind === "stored" ? { kind: "removed" } : outcome;
  }

  /** The resource that has the name already, with what was sent. */
  async #adopt(
    type: ResourceTypeName,
    row: StoredResource,
    { attributes, members }: NewResource,
    options: ReadOptions,
  ): Promise<Outcome> {
    const joined: JsonObject = { ...row.attributes, ...attributes, id: row.id };
    const after = withSchemas(resourceTypes[type], joined);
    const there = members.length === 0 ? noMembers.added : await this.#rows.membersAmong(row.id, members);
    const delta = joinersOf(members.filter((id) => !there.has(id)));
    return this.#unit.commit({ type, row, after, delta, kind: "adopted" }, options);
  }
}

/** Behind `schemas`, where answers show it. */
function withId(attributes: JsonObject, id: string): JsonObject {
  const { schemas } = attributes;
  return schemas === undefined ? { id, ...attributes } : { schemas, id, ...attributes };
}

function joinersOf(members: readonly string[]): MemberDelta {
  return members.length === 0 ? noMembers : { ...noMembers, added: new Set(members) };
}

/** The edits of members, and the others; users have none of the former. */
function partition(
  type: ResourceTypeName,
  edits: readonly Edit[],
): readonly [members: readonly Edit[], others: readonly Edit[]] {
  if (type === "User") return [[], edits];
  return [edits.filter(isMemberEdit), edits.filter((edit) => !isMemberEdit(edit))];
}
