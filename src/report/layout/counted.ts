/** Many rows of a kind in one: a report of thousands says how many, and -v lists them. */

import { formatCount } from "../../ground/text/quantities.ts";
import { printable } from "../../ground/text/printable.ts";
import { plural } from "../../ground/text/plural.ts";
import type { Style } from "../style.ts";
import { unbroken } from "./hanging.ts";
import type { Row, RowSign } from "./rows.ts";

/** As many rows of one kind as a person reads. */
export const mostRows = 20;

/** What is shown of a list: a thing by itself, or all of its kind together. */
export type Shown<Item> =
  | { readonly kind: "one"; readonly item: Item }
  | { readonly kind: "many"; readonly items: readonly Item[] };

/** No kind is ever left out: where it has too many rows it is one, at the place of its first. */
export function countedByKind<Item>(
  items: readonly Item[],
  kindOf: (item: Item) => string,
  { all = false, most = mostRows }: Pick<Style, "all"> & { readonly most?: number },
): readonly Shown<Item>[] {
  const kinds = new Map<string, Item[]>();
  for (const item of items) {
    const kind = kindOf(item);
    const alike = kinds.get(kind);
    if (alike === undefined) kinds.set(kind, [item]);
    else alike.push(item);
  }
  const counted = new Set(
    [...kinds].filter(([, alike]) => !all && alike.length > most).map(([kind]) => kind),
  );
  return items.flatMap((item): readonly Shown<Item>[] => {
    const kind = kindOf(item);
    if (!counted.has(kind)) return [{ kind: "one", item }];
    const alike = kinds.get(kind) ?? [];
    return alike[0] === item ? [{ kind: "many", items: alike }] : [];
  });
}

const namesOfMany = 3;

/** `ada, grace, alan and 1,201 more (-v shows all)`, for `hanging`. */
export function namesOf(names: readonly string[], most = namesOfMany): string {
  const shown = names.slice(0, most).map((name) => printable(name));
  const more = names.length - shown.length;
  return shown.join(", ") + (more > 0 ? ` and ${formatCount(more)} more ${unbroken(`(${showAll})`)}` : "");
}

/** How the rest is seen. */
export const showAll = "-v shows all";

/** `not in the directory (12), deactivated in Okta (3)`, the most frequent first. */
export function frequencies(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .map(([value, count]) => `${value} (${formatCount(count)})`)
    .join(", ");
}

/** How things of a list are shown as rows. */
export interface RowsOf<Item> {
  readonly sign: RowSign;
  /** What one of them is: `user`. */
  readonly noun: string;
  readonly nameOf: (item: Item) => string;
  /** What is said of it; what many have in common makes them a kind. */
  readonly textOf: (item: Item) => string;
  /** Where the text is not what they have in common. */
  readonly kindOf?: (item: Item) => string;
  /** As many rows of one kind as there may be; 20 by default. */
  readonly most?: number;
}

/** A row for each, or one for all that are alike. */
export function countedRows<Item>(
  items: readonly Item[],
  { sign, noun, nameOf, textOf, kindOf = textOf, most = mostRows }: RowsOf<Item>,
  style: Pick<Style, "all">,
): readonly Row[] {
  return countedByKind(items, kindOf, { ...style, most }).map((shown) => {
    if (shown.kind === "one")
      return { sign, name: printable(nameOf(shown.item)), text: printable(textOf(shown.item)) };
    const { items: alike } = shown;
    const text = alike[0] === undefined ? "" : printable(kindOf(alike[0]));
    const details = [{ label: "", text: namesOf(alike.map(nameOf)) }];
    return { sign, name: plural(alike.length, noun), text, details };
  });
}
