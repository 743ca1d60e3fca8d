/** The user or Team that a word names, or why none can be told. */

import { foldCase } from "../../ground/text/fold-case.ts";
import { nearestName } from "../../ground/text/nearest-name.ts";
import type { TeamRecord, UserRecord } from "./record.ts";

export type Found<Item> =
  | { readonly kind: "one"; readonly item: Item }
  /** Names that are near to the word, the nearest first. */
  | { readonly kind: "none"; readonly nearest: readonly string[] }
  | { readonly kind: "several"; readonly items: readonly Item[] };

const mostNearest = 3;

/** By id, else by e-mail address, else by full name; case counts only where it tells two of a kind apart. */
export function findUser(users: readonly UserRecord[], word: string): Found<UserRecord> {
  return find(users, word, [({ email }) => email, ({ fullName }) => fullName]);
}

/** By id, else by name; case counts only where it tells two of a kind apart. */
export function findTeam(teams: readonly TeamRecord[], word: string): Found<TeamRecord> {
  return find(teams, word, [({ name }) => name]);
}

function find<Item extends { readonly id: string }>(
  items: readonly Item[],
  word: string,
  names: readonly ((item: Item) => string)[],
): Found<Item> {
  const byId = items.find(({ id }) => id === word);
  if (byId !== undefined) return { kind: "one", item: byId };
  const key = foldCase(word);
  for (const nameOf of names) {
    // An invited user has no name yet, and no word means that.
    const alike = key === "" ? [] : items.filter((item) => foldCase(nameOf(item)) === key);
    const exact = alike.filter((item) => nameOf(item) === word);
    const [first, ...others] = exact.length === 0 ? alike : exact;
    if (first !== undefined) {
      return others.length === 0
        ? { kind: "one", item: first }
        : { kind: "several", items: [first, ...others] };
    }
  }
  const all = items.flatMap((item) => names.map((nameOf) => nameOf(item))).filter((name) => name !== "");
  return { kind: "none", nearest: nearestNames(word, all) };
}

/** Names that contain the word, then those that differ in few letters. */
function nearestNames(word: string, names: readonly string[]): readonly string[] {
  const key = foldCase(word);
  const nearest = new Set(key === "" ? [] : names.filter((name) => foldCase(name).includes(key)));
  // Addresses of one domain are alike in most of their letters: the part before it tells who is meant.
  const byPart = new Map(names.map((name) => [localPart(name), name]));
  while (nearest.size < mostNearest) {
    const part = nearestName(localPart(word), [...byPart.keys()]);
    const name = part === undefined ? undefined : byPart.get(part);
    if (part === undefined || name === undefined) break;
    byPart.delete(part);
    nearest.add(name);
  }
  return [...nearest].slice(0, mostNearest);
}

function localPart(name: string): string {
  return name.split("@")[0] ?? name;
}
