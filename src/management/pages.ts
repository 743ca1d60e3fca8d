/** A list, page by page: everything, or an error; never a part that passes for everything. */

import type * as z from "zod";
import type { AppError } from "../ground/errors.ts";
import { isJsonObject, type JsonArray, type JsonValue } from "../ground/json.ts";
import type { Send, WireResponse } from "../wire/exchange.ts";
import { parsed } from "./parsed.ts";
import { expectJson, incomplete, type ManagementAsked } from "./judge.ts";
import type { ListOptions } from "./management-api.ts";
import { followedLink } from "./next-link.ts";

export interface ListToRead<Entry> {
  readonly asked: ManagementAsked;
  readonly entry: z.ZodType<Entry>;
  readonly baseUrl: URL;
  readonly options: ListOptions;
}

/** A list that changes while it is read is read again, this often altogether. */
const maxPasses = 3;
/** Against a server that goes on inventing pages and entries. */
const maxPages = 100_000;
const maxEntries = 1_000_000;

/**
 * Reads every entry. A list in which an entry stands twice, by its `id`, has changed while it was read, and another entry may
 * have moved past the page on which it would have been: it is read again. So is one that has other entries than it counts.
 * @throws AppError source-incomplete where it stays so; those of `expectJson`
 */
export async function readList<Entry>(send: Send, list: ListToRead<Entry>): Promise<readonly Entry[]> {
  let how = "";
  for (let pass = 1; pass <= maxPasses; pass += 1) {
    const outcome = await readOnce(send, list);
    if (outcome.kind === "complete") return outcome.entries;
    ({ how } = outcome);
  }
  throw incomplete(list.asked, `it was read ${maxPasses} times, and each time it changed meanwhile: ${how}`);
}

type Pass<Entry> =
  | { readonly kind: "complete"; readonly entries: readonly Entry[] }
  /** `how` is a clause. */
  | { readonly kind: "changed"; readonly how: string };

async function readOnce<Entry>(send: Send, list: ListToRead<Entry>): Promise<Pass<Entry>> {
  const { options } = list;
  const entries: Entry[] = [];
  const ids = new Set<string>();
  const paths = new Set<string>();
  let counted: number | undefined;
  let asked: ManagementAsked = { ...list.asked, page: 1 };
  for (let page = 1; page <= maxPages; page += 1) {
    paths.add(asked.path);
    const { answer, found } = await readPage(send, asked, list);
    counted ??= countIn(answer, asked);
    for (const value of found) {
      const id = idOf(value);
      if (id !== undefined && ids.has(id)) return { kind: "changed", how: `${id} was listed twice` };
      if (id !== undefined) ids.add(id);
      entries.push(parsed(list.entry, value, asked));
    }
    options.onPage?.(entries.length);
    if (isEnough(entries, found, options)) return complete(entries, options);
    const next = await nextPath(send, { list, asked, answer, found });
    if (next === undefined) return whole(entries, counted, options);
    if (paths.has(next)) throw incomplete(asked, "its link to the next page leads back to a page before");
    if (entries.length > maxEntries) throw incomplete(asked, `it has more than ${maxEntries} entries`);
    asked = { ...asked, path: next, page: page + 1 };
  }
  throw incomplete(list.asked, `it has more than ${maxPages} pages`);
}

interface PageRead {
  readonly answer: WireResponse;
  readonly found: JsonArray;
}

async function readPage(
  send: Send,
  asked: ManagementAsked,
  { options }: Pick<ListToRead<unknown>, "options">,
): Promise<PageRead> {
  const { dialect } = asked;
  const headers = { ...dialect.headers, ...options.headers };
  const answer = await send({ method: "GET", path: asked.path, headers });
  const found = dialect.entriesOf(expectJson(answer, asked));
  if (found === undefined || answer.kind !== "response") {
    throw incomplete(asked, "it was answered JSON that is not a list");
  }
  return { answer, found };
}

function isEnough(entries: readonly unknown[], found: JsonArray, options: ListOptions): boolean {
  if (entries.length >= (options.atMost ?? Infinity)) return true;
  return found.length === 0 && options.endsWithEmptyPage === true;
}

function complete<Entry>(entries: readonly Entry[], { atMost }: ListOptions): Pass<Entry> {
  return { kind: "complete", entries: atMost === undefined ? entries : entries.slice(0, atMost) };
}

function countIn({ json }: WireResponse, { dialect }: ManagementAsked): number | undefined {
  return json === undefined ? undefined : dialect.countOf?.(json);
}

/** A list that says how many entries it has is believed only if these were read. */
function whole<Entry>(
  entries: readonly Entry[],
  counted: number | undefined,
  options: ListOptions,
): Pass<Entry> {
  if (counted === undefined || counted === entries.length) return complete(entries, options);
  return { kind: "changed", how: `it counted ${counted} entries, and ${entries.length} were read` };
}

interface AfterPage extends PageRead {
  readonly list: ListToRead<unknown>;
  readonly asked: ManagementAsked;
}

async function nextPath(send: Send, after: AfterPage): Promise<string | undefined> {
  const { answer, asked, list } = after;
  const next = asked.dialect.nextLinkOf(answer);
  if (next.kind === "unreadable") {
    throw incomplete(asked, `its link to the next page cannot be read: ${next.text}`);
  }
  if (next.kind === "last-page") {
    await requireLinks(send, after);
    return undefined;
  }
  const link = followedLink(next.url, list.baseUrl);
  if ("refused" in link) throw foreignLink(asked, link.refused);
  return link.path;
}

function foreignLink(asked: ManagementAsked, why: string): AppError {
  return incomplete(
    asked,
    `${why}, and the credentials are not sent there`,
    `Use the URL that ${asked.dialect.name} itself uses in its links, or correct the proxy in front of it.`,
  );
}

/**
 * A first page that is full and has no link of any kind may be all there is, or something on the way has removed the links.
 * The same list in smaller pages must then have a next link.
 */
async function requireLinks(send: Send, { list, asked, answer, found }: AfterPage): Promise<void> {
  const limit = limitOf(asked.path);
  if (asked.page !== 1 || limit === undefined || found.length < limit) return;
  if (answer.headers["link"] !== undefined) return;
  const smaller = asked.dialect.inSmallerPages?.(asked.path);
  if (smaller === undefined) return;
  const again = await readPage(send, { ...asked, path: smaller }, list);
  if (again.found.length >= found.length) return;
  if (asked.dialect.nextLinkOf(again.answer).kind === "last-page") {
    throw incomplete(
      asked,
      "its answers have no links to the next pages",
      "A proxy on the way may remove the Link header.",
    );
  }
}

function limitOf(path: string): number | undefined {
  const limit = Number(new URLSearchParams(path.split("?")[1] ?? "").get("limit") ?? Number.NaN);
  return Number.isInteger(limit) && limit > 0 ? limit : undefined;
}

function idOf(value: JsonValue): string | undefined {
  const id = isJsonObject(value) ? value["id"] : undefined;
  return typeof id === "string" ? id : undefined;
}
