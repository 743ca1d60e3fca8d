/** One transaction: finds what an operation is about, has the rules judge the change, and commits what follows. */

import type { Origin } from "../store/event.ts";
import type { ReadOptions, StoredResource, Transaction } from "../store/rows.ts";
import type { ResourceTypeName } from "../store/resource-type-name.ts";
import { endingOf, isRenamed, type Change } from "./change.ts";
import {
  consequencesOfChange,
  membershipChangeOf,
  type ChangeContext,
  type MembershipChange,
} from "./consequences.ts";
import { admit } from "./joining.ts";
import { refusalOf } from "./judge.ts";
import type { MemberDelta } from "./member-edits.ts";
import type { LeftOut, Outcome, Precondition, Refusal } from "./outcome.ts";
import { isUnmanaged } from "./own-part.ts";
import type { OrganizationRules } from "./rules.ts";

export interface UnitOfWorkOptions {
  readonly rules: OrganizationRules;
  /** On whose behalf it is. */
  readonly origin: Origin;
  readonly now: () => Date;
}

export type Found = { readonly kind: "found"; readonly row: StoredResource } | Refusal;

/** Of what is read to judge by. */
export const withoutRelated: ReadOptions = { related: false };

export class UnitOfWork {
  readonly #rows: Transaction;
  readonly #options: UnitOfWorkOptions;

  constructor(rows: Transaction, options: UnitOfWorkOptions) {
    this.#rows = rows;
    this.#options = options;
  }

  async locate(type: ResourceTypeName, id: string, precondition: Precondition | undefined): Promise<Found> {
    const row = await this.#rows.get(type, id, withoutRelated);
    if (row === undefined) return { kind: "not-found" };
    if (precondition === undefined || precondition(row)) return { kind: "found", row };
    return { kind: "precondition-failed", current: row };
  }

  /** The one way on which a resource changes. */
  async commit(change: Change, options: ReadOptions): Promise<Outcome> {
    const { type, row } = change;
    const { rules } = this.#options;
    const refusal = await refusalOf(change, this.#rows, rules);
    if (refusal !== undefined) return refusal;
    if (isUnmanaged(type, row, this.#options)) return { kind: "unmanaged-team" };
    const joining = await this.admit(change.delta);
    if (joining.kind !== "joining") return joining;
    const membershipChange = await this.#membershipChange(row.id, joining.delta);
    const showsElsewhere = isRenamed(change) || endingOf(change, rules) !== "keeps-memberships";
    const relatedIds = showsElsewhere ? await this.#rows.relatedIds(type, row.id) : [];
    const { changes, changed, gone } = consequencesOfChange(
      change,
      { membershipChange, relatedIds },
      rules,
      this.context(),
    );
    if (changes.length > 0) await this.#rows.commit(changes);
    const { leftOut } = joining;
    if (gone === undefined) return this.stored(type, row.id, { changed, leftOut }, options);
    return {
      kind: "stored",
      resource: { ...gone, related: options.related ? [] : undefined },
      changed,
      leftOut,
    };
  }

  async admit(delta: MemberDelta): Promise<ReturnType<typeof admit>> {
    const candidates = delta.added.size === 0 ? [] : await this.#rows.describe([...delta.added]);
    return admit(delta, this.#options.rules, candidates);
  }

  async #membershipChange(teamId: string, delta: MemberDelta): Promise<MembershipChange> {
    const members = delta.cleared ? await this.#rows.relatedIds("Group", teamId) : [];
    return membershipChangeOf(delta, new Set(members));
  }

  /** The resource as it is now. */
  async stored(
    type: ResourceTypeName,
    id: string,
    became: { readonly changed: boolean; readonly leftOut: LeftOut },
    options: ReadOptions,
  ): Promise<Outcome> {
    const resource = await this.#rows.get(type, id, options);
    if (resource === undefined) throw new Error(`the ${type} ${id} was written but cannot be found`);
    return { kind: "stored", resource, ...became };
  }

  context(): ChangeContext {
    return { nowMs: this.#options.now().getTime(), origin: this.#options.origin };
  }
}
