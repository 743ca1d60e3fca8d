/**
 * The operations on an organization: each reads in one transaction what the rules ask for, has them judge it, and
 * commits what follows. The rules themselves are pure, and beside this file.
 */

import type { JsonObject } from "../../ground/json.ts";
import { applyEdits } from "../../scim/patch/apply.ts";
import type { Edit } from "../../scim/patch/edit.ts";
import { replaceResource } from "../../scim/replace.ts";
import { sameValue } from "../../scim/same-value.ts";
import { groupResourceType } from "../../scim/schema/group.ts";
import { userResourceType } from "../../scim/schema/user.ts";
import { withSchemas } from "../../scim/with-schemas.ts";
import type { Origin } from "../store/event.ts";
import type { ReadOptions, ResourceTypeName, Row, Rows, StoredResource, Transaction } from "../store/rows.ts";
import { conflictOf, endingOf, isRenamed, newUniqueName, type Change } from "./change.ts";
import {
  consequencesOfChange,
  consequencesOfCreation,
  consequencesOfRemoval,
  movesOf,
  type Moves,
  type Stamp,
} from "./consequences.ts";
import { admit } from "./joining.ts";
import { isMemberEdit, noMembers, type MemberDelta } from "./member-edits.ts";
import { isLastOwner, refusalOf } from "./judge.ts";
import { readMemberDelta } from "./read-members.ts";
import type {
  EditOptions,
  NewResource,
  Operations,
  Outcome,
  Precondition,
  Refusal,
  Removal,
  Replacement,
  WriteOptions,
} from "./outcome.ts";
import { isAdopted, withActive, type OrganizationRules } from "./rules.ts";

export interface OperationsOptions {
  readonly rows: Rows;
  readonly rules: OrganizationRules;
  /** On whose behalf all of them are. */
  readonly origin: Origin;
  readonly now: () => Date;
  readonly newId: () => string;
}

const resourceTypes = { User: userResourceType, Group: groupResourceType } as const;
/** Of what is read to judge by. */
const alone: ReadOptions = { related: false };

export function createOperations(options: OperationsOptions): Operations {
  const inTransaction = <Result>(work: (writer: Writer) => Promise<Result>): Promise<Result> =>
    options.rows.transaction((rows) => work(new Writer(rows, options)));
  return {
    create: (type, resource, reading) => inTransaction((writer) => writer.create(type, resource, reading)),
    replace: (type, id, replacement, writing) =>
      inTransaction((writer) => writer.replace(type, id, replacement, writing)),
    edit: (type, id, editing) => inTransaction((writer) => writer.edit(type, id, editing)),
    remove: (type, id, precondition) => inTransaction((writer) => writer.remove(type, id, precondition)),
  };
}

type Found = { readonly kind: "found"; readonly row: StoredResource } | Refusal;

/** One operation in its transaction. */
class Writer {
  readonly #rows: Transaction;
  readonly #options: OperationsOptions;

  constructor(rows: Transaction, options: OperationsOptions) {
    this.#rows = rows;
    this.#options = options;
  }

  async create(type: ResourceTypeName, resource: NewResource, options: ReadOptions): Promise<Outcome> {
    const { rules, newId } = this.#options;
    const { attributes, members, organizationRole = "ORGANIZATION_MEMBER" } = resource;
    const id = resource.id ?? newId();
    const name = newUniqueName(type, undefined, attributes, rules);
    const [holder] = name === undefined ? [] : await this.#rows.find(type, name, alone);
    if (name !== undefined && holder !== undefined) {
      if (!isAdopted(type, holder.active, rules)) return conflictOf(name);
      return this.#adopt(type, holder, resource, options);
    }
    const joining = await this.#admitted(joinersOf(members));
    if (joining.kind !== "joining") return joining;
    const stamp = this.#stamp();
    const row: Row = {
      id,
      attributes: withId(attributes, id),
      createdMs: stamp.nowMs,
      lastModifiedMs: stamp.nowMs,
      version: 1,
      organizationRole,
    };
    await this.#rows.commit(consequencesOfCreation(type, row, [...joining.delta.added], stamp));
    return this.#stored(type, id, true, options);
  }

  async replace(
    type: ResourceTypeName,
    id: string,
    { attributes, members }: Replacement,
    options: WriteOptions,
  ): Promise<Outcome> {
    const found = await this.#locate(type, id, options.precondition);
    if (found.kind !== "found") return found;
    const { row } = found;
    const submitted = withActive(row.attributes, attributes);
    const replaced = replaceResource(resourceTypes[type], row.attributes, submitted);
    const after = sameValue(row.attributes, replaced) ? undefined : replaced;
    const delta = members === undefined ? noMembers : { ...joinersOf(members), cleared: true };
    return this.#commit({ type, row, after, delta, kind: "changed" }, options);
  }

  async edit(type: ResourceTypeName, id: string, options: EditOptions): Promise<Outcome> {
    const found = await this.#locate(type, id, options.precondition);
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
    return this.#commit({ type, row, after, delta, kind: "changed" }, options);
  }

  async remove(type: ResourceTypeName, id: string, precondition: Precondition | undefined): Promise<Removal> {
    const found = await this.#locate(type, id, precondition);
    if (found.kind !== "found") return found;
    const { row } = found;
    if (type === "User" && this.#options.rules.userDeletion === "deactivates") return this.#retire(row);
    if (type === "User" && (await isLastOwner(row, this.#rows, this.#options.rules)))
      return { kind: "last-owner" };
    const relatedIds = await this.#rows.relatedIds(type, id);
    await this.#rows.commit(consequencesOfRemoval(type, row, relatedIds, this.#stamp()));
    return { kind: "removed" };
  }

  /** A user who is deleted and whose row stays. */
  async #retire(row: StoredResource): Promise<Removal> {
    const after = row.active ? { ...row.attributes, active: false } : undefined;
    const outcome = await this.#commit(
      { type: "User", row, after, delta: noMembers, kind: "deleted" },
      alone,
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
    return this.#commit({ type, row, after, delta, kind: "adopted" }, options);
  }

  async #locate(type: ResourceTypeName, id: string, precondition: Precondition | undefined): Promise<Found> {
    const row = await this.#rows.get(type, id, alone);
    if (row === undefined) return { kind: "not-found" };
    if (precondition === undefined || precondition(row)) return { kind: "found", row };
    return { kind: "precondition-failed", current: row };
  }

  /** The one way on which a resource changes. */
  async #commit(change: Change, options: ReadOptions): Promise<Outcome> {
    const { type, row } = change;
    const { rules } = this.#options;
    const refusal = await refusalOf(change, this.#rows, rules);
    if (refusal !== undefined) return refusal;
    const joining = await this.#admitted(change.delta);
    if (joining.kind !== "joining") return joining;
    const moves = await this.#moves(row.id, joining.delta);
    const showsElsewhere = isRenamed(change) || endingOf(change, rules) !== "keeps-memberships";
    const relatedIds = showsElsewhere ? await this.#rows.relatedIds(type, row.id) : [];
    const { changes, changed, gone } = consequencesOfChange(
      change,
      { moves, relatedIds },
      rules,
      this.#stamp(),
    );
    if (changes.length > 0) await this.#rows.commit(changes);
    if (gone === undefined) return this.#stored(type, row.id, changed, options);
    return { kind: "stored", resource: { ...gone, related: options.related ? [] : undefined }, changed };
  }

  async #admitted(delta: MemberDelta): Promise<ReturnType<typeof admit>> {
    const candidates = delta.added.size === 0 ? [] : await this.#rows.describe([...delta.added]);
    return admit(delta, this.#options.rules, candidates);
  }

  async #moves(teamId: string, delta: MemberDelta): Promise<Moves> {
    const members = delta.cleared ? await this.#rows.relatedIds("Group", teamId) : [];
    return movesOf(delta, new Set(members));
  }

  /** The resource as it is now. */
  async #stored(
    type: ResourceTypeName,
    id: string,
    changed: boolean,
    options: ReadOptions,
  ): Promise<Outcome> {
    const resource = await this.#rows.get(type, id, options);
    if (resource === undefined) throw new Error(`the ${type} ${id} was written and is not there`);
    return { kind: "stored", resource, changed };
  }

  #stamp(): Stamp {
    return { nowMs: this.#options.now().getTime(), origin: this.#options.origin };
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
