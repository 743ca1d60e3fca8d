/** Which page a list shows, and how the page tells where the next one begins: by index, or by cursors. */

import { ScimError } from "../../../scim/error.ts";
import {
  parseCursorCount,
  parsePaging,
  type ListCounters,
  type PagingLimits,
} from "../../../scim/list/page.ts";
import type { ResourceType } from "../../../scim/schema/attribute.ts";
import type { SearchRequest } from "../../../scim/list/search-request.ts";
import type { Organization } from "../organization.ts";
import type { PageWindow, Placed, Position } from "../../store/rows.ts";
import type { CursorMark, Cursors } from "./cursors.ts";
import type { Selection } from "./select.ts";

export interface Paging {
  readonly window: PageWindow;
  /** What the list response says of the page that was found there. */
  readonly count: (selection: Selection) => ListCounters;
}

/**
 * Reads how a list is paged: by cursors where a cursor is given, be it empty, otherwise by index.
 * @throws ScimError invalidValue, invalidCursor, expiredCursor, invalidCount
 */
export function readPaging(
  types: readonly ResourceType[],
  search: SearchRequest,
  { behaviour, cursors }: Organization,
): Paging {
  const { cursor, startIndex } = search;
  if (cursor === undefined) return indexPaging(search, behaviour);
  if (startIndex === undefined) {
    const count = parseCursorCount(search.count, behaviour);
    return cursorPaging({ cursor, count, query: queryText(types, search) }, cursors);
  }
  throw new ScimError("invalidValue", "cursor and startIndex cannot be used together");
}

function indexPaging(search: SearchRequest, limits: PagingLimits): Paging {
  const { startIndex, count } = parsePaging(search, limits);
  return {
    window: { kind: "index", startIndex, count },
    count: ({ totalResults, placed }) => ({ totalResults, startIndex, itemsPerPage: placed.length }),
  };
}

function cursorPaging(
  { cursor, count, query }: { readonly cursor: string; readonly count: number; readonly query: string },
  cursors: Cursors,
): Paging {
  const window = cursorWindow(cursor === "" ? undefined : cursors.open(cursor, query), count);
  return {
    window,
    count: (selection) => {
      const { totalResults, offset, placed } = selection;
      const [first, last] = edgesOf(selection, window);
      const hasPrevious = first !== undefined && offset > 0;
      const hasNext = last !== undefined && offset + placed.length < totalResults;
      return {
        totalResults,
        itemsPerPage: placed.length,
        ...(hasPrevious ? { previousCursor: cursors.seal({ side: "before", position: first }, query) } : {}),
        ...(hasNext ? { nextCursor: cursors.seal({ side: "after", position: last }, query) } : {}),
      };
    },
  };
}

function cursorWindow(mark: CursorMark | undefined, count: number): PageWindow {
  if (mark === undefined) return { kind: "after", position: undefined, count };
  return { kind: mark.side, position: mark.position, count };
}

/** The places of the first and of the last resource of a page. */
function edgesOf({ placed }: Selection, window: PageWindow): readonly (Position | undefined)[] {
  const [first, last] = [placed.at(0), placed.at(-1)];
  if (first === undefined || last === undefined) return [positionAfter(window), undefined];
  return [positionOf(first), positionOf(last)];
}

function positionOf({ key, resource }: Placed): Position {
  return { key, id: resource.id };
}

/** Where an empty page is: directly behind what it was to follow, which may be still there. */
function positionAfter(window: PageWindow): Position | undefined {
  if (window.kind !== "after" || window.position === undefined) return undefined;
  const { key, id } = window.position;
  return { key, id: `${id}\u0000` };
}

/**
 * What has to stay the same from page to page, as RFC 9865 §2 asks of clients. Deviation: of `count` it asks it as well,
 * but a page of another size begins at the same place.
 */
function queryText(types: readonly ResourceType[], search: SearchRequest): string {
  const { filter, sortBy, sortOrder, attributes, excludedAttributes } = search;
  const names = types.map(({ name }) => name);
  const shown = [attributes.join(","), excludedAttributes.join(",")];
  return JSON.stringify([names, filter, sortBy, sortOrder, shown]);
}
