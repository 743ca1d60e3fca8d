/**
 * The interpreter of edits on a Team's members, which are a set and no attribute. It works out what to add and what to remove,
 * so that one member more or less of a Team of 50,000 neither copies nor scans the 50,000.
 */

import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../ground/json.ts";
import { ScimError } from "../../scim/error.ts";
import type { Filter } from "../../scim/filter/ast.ts";
import { compileValueFilter } from "../../scim/filter/evaluate.ts";
import type { AttributeTarget, Edit } from "../../scim/patch/edit.ts";
import { membersAttribute } from "../../scim/schema/group.ts";
import { comparisonsOf, Work } from "../../scim/work.ts";
import { membersNamedBy } from "./named-members.ts";

/** What a Team's members become: `cleared` first, then `removed`, then `added`. */
export interface MemberDelta {
  readonly cleared: boolean;
  /** Members. */
  readonly removed: ReadonlySet<string>;
  /** Unless `cleared`, none of them is a member. */
  readonly added: ReadonlySet<string>;
}

/** The members as they are, so far as `membersToKnow` asks for them. */
export interface CurrentMembers {
  readonly ids: ReadonlySet<string>;
  /** The member as it is shown: a filter may ask for its name. */
  describe(id: string): JsonObject;
}

/** No member is added or removed. */
export const noMembers: MemberDelta = { cleared: false, removed: new Set(), added: new Set() };

/** What has to be known of a Team's members before edits can be carried out. */
export interface MembersToKnow {
  /** Who may be a member or not. */
  readonly ids: ReadonlySet<string>;
  /** Whether any member may be meant: all members have to be known. */
  readonly everybody: boolean;
  /** Whether a filter asks for more than ids. */
  readonly described: boolean;
}

export function membersToKnow(edits: readonly Edit[]): MembersToKnow {
  const ids = new Set<string>();
  let [everybody, described] = [false, false];
  for (const edit of edits) {
    for (const id of idsIn(edit)) ids.add(id);
    const filter = edit.target.attribute === undefined ? undefined : edit.target.valueFilter;
    if (filter === undefined) continue;
    const named = membersNamedBy(filter);
    for (const id of named?.ids ?? []) ids.add(id);
    everybody ||= named === undefined;
    described ||= named?.isWhole !== true;
  }
  return { ids, everybody, described };
}

function idsIn(edit: Edit): readonly string[] {
  switch (edit.op) {
    case "add":
    case "replace":
      return memberIds(edit.value);
    case "remove-values":
      return edit.values.flatMap(memberIds);
    case "remove":
      return [];
  }
}

/** True for an edit that acts on the members of a Team. */
export function isMemberEdit(edit: Edit): boolean {
  return edit.target.attribute?.name === "members" && edit.target.extension === undefined;
}

/**
 * What a list of edits does to a Team's members; the edits have been checked when they were parsed.
 * @throws ScimError noTarget; 413 where the filters are more `work` than is left
 */
export function memberDelta(
  current: CurrentMembers,
  edits: readonly Edit[],
  work: Work = new Work(),
): MemberDelta {
  const draft = new Draft(current, work);
  for (const edit of edits) draft.apply(edit);
  return draft;
}

/** The ids in a coerced value of `members`. */
export function memberIds(value: JsonValue | undefined): readonly string[] {
  if (value === undefined || value === null) return [];
  const values = isJsonArray(value) ? value : [value];
  return values.flatMap((member) => {
    const id = isJsonObject(member) ? member["value"] : undefined;
    return typeof id === "string" ? [id] : [];
  });
}

class Draft implements MemberDelta {
  readonly #current: CurrentMembers;
  readonly #work: Work;
  cleared = false;
  readonly removed = new Set<string>();
  readonly added = new Set<string>();

  constructor(current: CurrentMembers, work: Work) {
    this.#current = current;
    this.#work = work;
  }

  apply(edit: Edit): void {
    switch (edit.op) {
      case "add":
        this.#add(memberIds(edit.value));
        return;
      case "replace":
        this.#clear();
        this.#add(memberIds(edit.value));
        return;
      case "remove":
        if (edit.target.attribute !== undefined) this.#remove(edit.target);
        return;
      case "remove-values":
        for (const id of edit.values.flatMap(memberIds)) this.#delete(id);
    }
  }

  #has(id: string): boolean {
    return this.added.has(id) || (!this.cleared && this.#current.ids.has(id) && !this.removed.has(id));
  }

  #add(ids: readonly string[]): void {
    for (const id of ids) {
      if (this.#has(id)) continue;
      if (!this.cleared && this.#current.ids.has(id)) this.removed.delete(id);
      else this.added.add(id);
    }
  }

  #delete(id: string): void {
    this.added.delete(id);
    if (!this.cleared && this.#current.ids.has(id)) this.removed.add(id);
  }

  #clear(): void {
    this.cleared = true;
    this.removed.clear();
    this.added.clear();
  }

  #remove({ valueFilter, mustMatch }: AttributeTarget): void {
    if (valueFilter === undefined) {
      this.#clear();
      return;
    }
    const removed = this.#matching(valueFilter);
    if (mustMatch && removed.length === 0) throw new ScimError("noTarget", "No member matches the filter.");
    for (const id of removed) this.#delete(id);
  }

  #matching(filter: Filter): readonly string[] {
    const named = membersNamedBy(filter);
    if (named?.isWhole === true) return [...named.ids].filter((member) => this.#has(member));
    const most = named?.ids.size ?? this.#current.ids.size + this.added.size;
    this.#work.spend(most * comparisonsOf(filter));
    const matches = compileValueFilter(filter, membersAttribute);
    const candidates = named?.ids ?? [...(this.cleared ? [] : this.#current.ids), ...this.added];
    return [...candidates].filter((member) => this.#has(member) && matches(this.#current.describe(member)));
  }
}
