/** Finds the resources of a page, over one resource type or several. */

import { arrange } from "../../store/arrange.ts";
import { compareBy } from "../../store/examine.ts";
import type { Account, Order, PageResult, PageWindow, Placed } from "../../store/rows.ts";
import type { TypeQuery } from "./list-query.ts";
import type { Organization } from "../organization.ts";

/** A resource of a page, with the query of its type. */
export interface Selected extends Placed {
  readonly query: TypeQuery;
}

/** A page as the rows give it, over one type or several. */
export interface Selection extends Omit<PageResult, "placed"> {
  readonly placed: readonly Selected[];
}

/**
 * The resources on a page; where none is left before a position, the first page. Of a Team's members
 * nothing is read that is only shown: an answer reads them itself, piece by piece. Several types are put in one order, by default that in which the resources were made.
 * @throws ScimError invalidFilter for what a type does not allow; tooMany.
 */
export async function selectPage(
  queries: readonly TypeQuery[],
  organization: Organization,
  window: PageWindow,
  account: Account,
): Promise<Selection> {
  const selection = await selectWindow(queries, organization, window, account);
  if (window.kind !== "before" || selection.placed.length > 0) return selection;
  return selectWindow(queries, organization, { ...window, kind: "after", position: undefined }, account);
}

async function selectWindow(
  queries: readonly TypeQuery[],
  organization: Organization,
  window: PageWindow,
  account: Account,
): Promise<Selection> {
  const [only] = queries;
  if (only !== undefined && queries.length === 1) {
    return withQuery(only, await selectOfType(only, organization, window, account));
  }
  const order = queries[0]?.order ?? byCreation;
  const pages: Selection[] = [];
  for (const query of queries) {
    const ordered = { ...query, order: query.order ?? byCreation };
    const page = await selectOfType(ordered, organization, leadingUpTo(window), account);
    pages.push(withQuery(query, page));
  }
  const all = pages.flatMap(({ placed }) => placed);
  const { offset, placed } = arrange(all, compareBy(order), window);
  return {
    totalResults: sum(pages.map((page) => page.totalResults)),
    offset: offset + sum(pages.map((page) => page.offset)),
    placed,
  };
}

const byCreation: Order = { kind: "creation" };

/** Any of the first resources of one type may be on a later page of all. */
function leadingUpTo(window: PageWindow): PageWindow {
  if (window.kind !== "index") return window;
  return { kind: "index", startIndex: 1, count: window.startIndex - 1 + window.count };
}

function withQuery(query: TypeQuery, { placed, ...page }: PageResult): Selection {
  return { ...page, placed: placed.map(({ resource, key }) => ({ resource, key, query })) };
}

async function selectOfType(
  { type, filter, order, showsRelated }: TypeQuery,
  { rows, baseUrl, behaviour }: Organization,
  window: PageWindow,
  account: Account,
): Promise<PageResult> {
  const related = showsRelated && type.name === "User";
  const view = { baseUrl, leniency: behaviour };
  return rows.query(type.name, { window, filter, order, related, view, account });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
