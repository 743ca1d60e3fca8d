/** Attributes whose mappings cannot be evaluated: they are named as not compared, and never count as equal. */

import { documentedAttributePaths } from "../../astro/attributes.ts";
import { externalIdPath } from "../../astro/compared-value.ts";
import type { ExpectedState, ExpectedUser } from "../../astro/state.ts";
import type { NotCompared } from "../compare/not-compared.ts";
import type { NotEvaluated } from "../../directory/provider-finding.ts";

/** Attributes without which nothing can be said of any account: who it belongs to, and whether it is active. */
const decisive: ReadonlySet<string> = new Set(["username", "active"]);

/** Whether one of the mappings leaves the comparison without a result. */
export function leavesUnknown(notEvaluated: readonly NotEvaluated[]): boolean {
  return notEvaluated.some(({ attribute }) => decisive.has(attribute.toLowerCase()));
}

/** With the mappings that concern nobody who should be active: each is named. */
export function withEveryMapping(
  notCompared: readonly NotCompared[],
  notEvaluated: readonly NotEvaluated[],
): readonly NotCompared[] {
  const named = new Set(
    notCompared.flatMap(({ attribute, why }) => (why === "not-evaluated" ? [attribute] : [])),
  );
  const others = new Set(notEvaluated.map(({ attribute }) => attribute).filter((one) => !named.has(one)));
  return [
    ...notCompared,
    ...[...others].map((attribute) => ({ attribute, why: "not-evaluated", users: 0 }) as const),
  ];
}

/** What should be there, without the attributes of these mappings. */
export function withoutNotEvaluated(
  expected: ExpectedState,
  notEvaluated: readonly NotEvaluated[],
): ExpectedState {
  if (notEvaluated.length === 0) return expected;
  const attributes = [...new Set(notEvaluated.map(({ attribute }) => attribute))];
  const names = new Set(attributes.map((attribute) => attribute.toLowerCase()));
  const isCompared = (path: string): boolean => !names.has(path.toLowerCase());
  const { users, attributePaths = documentedAttributePaths } = expected;
  return {
    ...expected,
    attributePaths: attributePaths.filter(isCompared),
    users: new Map([...users].map(([key, user]) => [key, withoutThem(user, { attributes, isCompared })])),
  };
}

interface Without {
  readonly attributes: readonly string[];
  readonly isCompared: (path: string) => boolean;
}

function withoutThem(user: ExpectedUser, { attributes, isCompared }: Without): ExpectedUser {
  const { atCreation, references, onlyAdded, notCompared = [] } = user;
  const only = <Value>(values: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> =>
    Object.fromEntries(Object.entries(values).filter(([path]) => isCompared(path)));
  return {
    ...user,
    externalId: isCompared(externalIdPath) ? user.externalId : undefined,
    attributes: only(user.attributes),
    ...(atCreation === undefined ? {} : { atCreation: only(atCreation) }),
    ...(references === undefined ? {} : { references: only(references) }),
    ...(onlyAdded === undefined ? {} : { onlyAdded: onlyAdded.filter(isCompared) }),
    notCompared: [
      ...notCompared.filter(({ attribute }) => isCompared(attribute)),
      ...attributes.map((attribute) => ({ attribute, why: "not-evaluated" }) as const),
    ],
  };
}
