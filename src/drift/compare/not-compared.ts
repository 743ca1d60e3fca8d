/** Mapped attributes that were not compared: which, why, and of how many users. */

import type { AttributeNotCompared, ExpectedState, ExpectedUser } from "../../astro/state.ts";

export interface NotCompared extends AttributeNotCompared {
  /** Users who should be active and have a value for it. */
  readonly users: number;
}

/** Each attribute once for each reason, in a stable order. */
export function countNotCompared(all: readonly AttributeNotCompared[]): readonly NotCompared[] {
  const counted = new Map<string, NotCompared>();
  for (const { attribute, why } of all) {
    const key = `${attribute} ${why}`;
    counted.set(key, { attribute, why, users: (counted.get(key)?.users ?? 0) + 1 });
  }
  return [...counted].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

/** What the target does not keep is not part of what should be there: no repair could end the difference. */
export function withoutNotKept(expected: ExpectedState, notKept: ReadonlySet<string>): ExpectedState {
  if (notKept.size === 0) return expected;
  const { attributePaths } = expected;
  return {
    ...expected,
    users: new Map([...expected.users].map(([key, user]) => [key, withoutPaths(user, notKept)])),
    ...(attributePaths === undefined
      ? {}
      : { attributePaths: attributePaths.filter((path) => !notKept.has(path)) }),
  };
}

function withoutPaths(user: ExpectedUser, notKept: ReadonlySet<string>): ExpectedUser {
  const { attributes, atCreation, references } = user;
  const had = [attributes, atCreation, references].flatMap((values) => Object.keys(values ?? {}));
  const lost = had.filter((path) => notKept.has(path));
  if (lost.length === 0) return user;
  return {
    ...user,
    attributes: without(attributes, notKept),
    ...(atCreation === undefined ? {} : { atCreation: without(atCreation, notKept) }),
    ...(references === undefined ? {} : { references: without(references, notKept) }),
    notKept: {
      attributes: only({ ...attributes, ...atCreation }, notKept),
      references: only(references ?? {}, notKept),
    },
    notCompared: [
      ...(user.notCompared ?? []).filter(({ attribute }) => !notKept.has(attribute)),
      ...lost
        .filter((path) => references?.[path] !== null)
        .map((attribute) => ({ attribute, why: "not-kept" }) as const),
    ],
  };
}

function only<Value>(
  values: Readonly<Record<string, Value>>,
  paths: ReadonlySet<string>,
): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(values).filter(([path]) => paths.has(path)));
}

function without<Value>(
  values: Readonly<Record<string, Value>>,
  paths: ReadonlySet<string>,
): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(values).filter(([path]) => !paths.has(path)));
}
