/** Whether exactly those differences are there that a fixture expects. */

import type { AppSettings } from "../../directory/app-settings.ts";
import { kindForm, type Difference, type ExpectedDifference } from "../../directory/difference.ts";
import type { Directory } from "../../directory/directory.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import { isJsonArray, type JsonObject, type JsonValue } from "../../ground/json.ts";
import { userNames } from "../expected/find-account.ts";
import type { UnmetDrift } from "../run/unmet-expectation.ts";

/** By whom people are named. */
export interface NamingScene {
  readonly directory: Directory;
  readonly settings: AppSettings;
}

/** Undefined where each difference is expected, and each expected one is there: one for one. */
export function checkDrift(
  expected: readonly ExpectedDifference[],
  found: readonly Difference[],
  scene: NamingScene,
): UnmetDrift | undefined {
  const pairs = paired(expected, found, userNames(scene));
  if (pairs.size === expected.length && pairs.size === found.length) return undefined;
  return {
    kind: "drift",
    name: "drift",
    what: "differences",
    expected: expected.map(differenceJson),
    got: found.map((one) => differenceJson(pairs.get(one) ?? one)),
  };
}

/** As a fixture has it: the subject first, then the kind. Lists that are empty are left out. */
function differenceJson({ kind, name, details }: Difference): JsonObject {
  const said = Object.entries(details).filter(([, value]) => !isJsonArray(value) || value.length > 0);
  return { [kindForm(kind).about]: name, kind, ...Object.fromEntries(said) };
}

type UserNameOf = (name: string) => string;

/**
 * As many differences as can be each with an expected one of its own. One that says little may fit several, so one that was
 * given away is freed where its taker finds another (Kuhn's algorithm).
 */
function paired(
  expected: readonly ExpectedDifference[],
  found: readonly Difference[],
  userNameOf: UserNameOf,
): ReadonlyMap<Difference, ExpectedDifference> {
  const byName = grouped(found);
  const takers = new Map<Difference, ExpectedDifference>();
  const place = (one: ExpectedDifference, asked: Set<Difference>): boolean => {
    const candidates = namesOf(one, userNameOf).flatMap((name) => byName.get(placeOf(one, name)) ?? []);
    for (const candidate of candidates) {
      if (asked.has(candidate) || !hasDetails(candidate, one, userNameOf)) continue;
      asked.add(candidate);
      const taker = takers.get(candidate);
      if (taker !== undefined && !place(taker, asked)) continue;
      takers.set(candidate, one);
      return true;
    }
    return false;
  };
  for (const one of expected) place(one, new Set());
  return takers;
}

function grouped(found: readonly Difference[]): ReadonlyMap<string, readonly Difference[]> {
  const groups = new Map<string, Difference[]>();
  for (const one of found) {
    const place = placeOf(one, one.name);
    const alike = groups.get(place);
    if (alike === undefined) groups.set(place, [one]);
    else alike.push(one);
  }
  return groups;
}

function placeOf({ kind }: Difference, name: string): string {
  return `${kind} ${foldCase(name)}`;
}

/** As `diff` shows the user, and as the fixture does: somebody's old account has the old name. */
function namesOf({ kind, name, written }: ExpectedDifference, userNameOf: UserNameOf): readonly string[] {
  if (kindForm(kind).about === "team") return [name];
  return [...new Set([userNameOf(name), name, written].map(foldCase))];
}

function hasDetails(found: Difference, { details }: ExpectedDifference, userNameOf: UserNameOf): boolean {
  const forms = kindForm(found.kind).details;
  return Object.entries(details).every(([key, expected]) => {
    const held = found.details[key] ?? null;
    if (forms[key] === "users") {
      // By the key or by the name that it has by now: an account may still have the old one.
      const names = (user: string): readonly string[] => [user, userNameOf(user)].map(foldCase);
      return areSame(textsOf(expected).map(names), textsOf(held).map(foldCase));
    }
    if (forms[key] === "ids")
      return areSame(
        textsOf(expected).map((id) => [id]),
        textsOf(held),
      );
    return held === expected;
  });
}

function textsOf(value: JsonValue): readonly string[] {
  return isJsonArray(value) ? value.map(String) : [];
}

/** Whether each is there under one of its names, and nothing else is, in any order. */
function areSame(expected: readonly (readonly string[])[], held: readonly string[]): boolean {
  const [names, is] = [new Set(expected.flat()), new Set(held)];
  return (
    expected.length === is.size &&
    expected.every((one) => one.some((name) => is.has(name))) &&
    held.every((name) => names.has(name))
  );
}
