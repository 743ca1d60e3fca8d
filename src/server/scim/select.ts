/** Finds the resources of a page, by an index where one can answer, over one resource type or several. */

import type { Filter } from "../../scim/filter/ast.ts";
import { compileFilter } from "../../scim/filter/evaluate.ts";
import { indexableEquality, type IndexableEquality } from "../../scim/filter/index-key.ts";
import type { ResourceType } from "../../scim/schema/attribute.ts";
import { comparisonsOf } from "../../scim/work.ts";
import type { Organization } from "./organization.ts";
import { arrange, byCreation } from "../store/arrange.ts";
import type { Effort, Page, PageResult, PageWindow, Placed, StoredResource } from "../store/store.ts";
import { findsExactly, keyOfEquality } from "./equality-index.ts";
import type { TypeQuery } from "./list-query.ts";
import { present } from "./present.ts";

/** A resource of a page, with the query of its type. */
export interface Selected extends Placed {
  readonly query: TypeQuery;
}

/** Who pays for looking, and whether somebody waits for it. */
export type Account = Pick<Effort, "work" | "isAbandoned">;

/** A page as the store gives it, over one type or several. */
export interface Selection extends Omit<PageResult, "placed"> {
  readonly placed: readonly Selected[];
}

/**
 * The resources on a page; where none is left before a position, the first page. Of a Team's members nothing is read that is only shown: an answer reads them itself,
 * piece by piece. Several types are put in one order, by default that in which the resources were made.
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
  const { offset, placed } = arrange(all, order, window);
  return {
    totalResults: sum(pages.map((page) => page.totalResults)),
    offset: offset + sum(pages.map((page) => page.offset)),
    placed,
  };
}

/** Any of the first resources of one type may be on a later page of all. */
function leadingUpTo(window: PageWindow): PageWindow {
  if (window.kind !== "index") return window;
  return { kind: "index", startIndex: 1, count: window.startIndex - 1 + window.count };
}

function withQuery(query: TypeQuery, { placed, ...page }: PageResult): Selection {
  return { ...page, placed: placed.map(({ resource, key }) => ({ resource, key, query })) };
}

async function selectOfType(
  query: TypeQuery,
  organization: Organization,
  window: PageWindow,
  account: Account,
): Promise<PageResult> {
  const { type, filter, order, examinesRelated } = query;
  const equality = filter && indexableEquality(filter, type, organization.behaviour);
  const matches = isWholeFilter(type, filter, equality) ? undefined : matching(type, filter, organization);
  const related = query.showsRelated && type.name === "User";
  const effort = { comparisons: comparisonsOf(filter), ...account };
  const page: Page = { window, matches, order, related, examinesRelated, effort };
  if (equality === undefined) return organization.store.scan(type.name, page);
  // What is under a key has no order of its own.
  return organization.store.scan(type.name, {
    ...page,
    among: keyOfEquality(equality),
    order: order ?? byCreation,
  });
}

/** Whether what the index finds meets the filter already. */
function isWholeFilter(
  type: ResourceType,
  filter: Filter | undefined,
  equality: IndexableEquality | undefined,
): boolean {
  return filter?.kind === "compare" && equality !== undefined && findsExactly(type, equality);
}

function matching(
  type: ResourceType,
  filter: Filter | undefined,
  { baseUrl, behaviour }: Organization,
): ((stored: StoredResource) => boolean) | undefined {
  if (filter === undefined) return undefined;
  const keeps = compileFilter(filter, type, behaviour);
  return (stored) => keeps(present(type, stored, baseUrl));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
