/** A list, page by page: everything, or an error; never a part that passes for everything. */

import type * as z from "zod";
import type { AppError } from "../ground/errors.ts";
import { isJsonObject, type JsonArray, type JsonValue } from "../ground/json.ts";
import type { Send, WireAnswer, WireResponse } from "../wire/exchange.ts";
import { countEntries } from "./count.ts";
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
  let unlike = "";
  for (let pass = 1; pass <= maxPasses; pass += 1) {
    const outcome = await readOnce(send, list);
    const how = outcome.kind === "changed" ? outcome.how : await fewerThanCounted(send, list, outcome);
    if (outcome.kind === "complete" && how === undefined) return outcome.entries;
    unlike = how ?? "";
  }
  throw incomplete(
    list.asked,
    `it was read ${maxPasses} times, and each time it changed meanwhile: ${unlike}`,
  );
}

type Pass<Entry> =
  | {
      readonly kind: "complete";
      readonly entries: readonly Entry[];
      /** Whether the list itself said how many there are. */
      readonly isCounted: boolean;
    }
  /** `how` is a clause. */
  | { readonly kind: "changed"; readonly how: string };

/**
 * How a list that does not count itself is shorter than the API counts it, as a clause. More entries than are counted are
 * new ones, which a count may learn of later.
 */
async function fewerThanCounted(
  send: Send,
  { asked, options: { countedAt } }: ListToRead<unknown>,
  { entries, isCounted }: Extract<Pass<unknown>, { kind: "complete" }>,
): Promise<string | undefined> {
  if (countedAt === undefined || isCounted) return undefined;
  const counted = await countEntries(send, asked, countedAt);
  if (counted === undefined || counted <= entries.length) return undefined;
  return `it counted ${counted} entries, and ${entries.length} were read`;
}

async function readOnce<Entry>(send: Send, list: ListToRead<Entry>): Promise<Pass<Entry>> {
  const collected = new Collected(list);
  const paths = new Set<string>();
  let asked: ManagementAsked = { ...list.asked, page: 1 };
  let answer = await askPage(send, asked, list);
  for (let page = 1; page <= maxPages; page += 1) {
    paths.add(asked.path);
    const read = pageOf(answer, asked);
    const next = collected.isEnoughWith(read.found)
      ? undefined
      : await nextPath(send, { list, asked, ...read });
    if (next !== undefined && paths.has(next)) {
      throw incomplete(asked, "its link to the next page leads back to a page before");
    }
    const nextAsked = { ...asked, path: next ?? "", page: page + 1 };
    // The next page is on its way while this one is checked.
    const coming = next === undefined ? undefined : settled(askPage(send, nextAsked, list));
    const how = collected.add(read, asked);
    if (how !== undefined) return { kind: "changed", how };
    if (coming === undefined) return collected.whole();
    answer = (await coming)();
    asked = nextAsked;
  }
  throw incomplete(list.asked, `it has more than ${maxPages} pages`);
}

interface PageRead {
  readonly answer: WireResponse;
  readonly found: JsonArray;
}

async function askPage(
  send: Send,
  { path, dialect }: ManagementAsked,
  { options }: Pick<ListToRead<unknown>, "options">,
): Promise<WireAnswer> {
  return send({ method: "GET", path, headers: { ...dialect.headers, ...options.headers } });
}

function pageOf(answer: WireAnswer, asked: ManagementAsked): PageRead {
  const found = asked.dialect.entriesOf(expectJson(answer, asked));
  if (found === undefined || answer.kind !== "response") {
    throw incomplete(asked, "it was answered JSON that is not a list");
  }
  return { answer, found };
}

/** Waits for a promise that may be left alone: what it throws is thrown where its result is asked for. */
async function settled<Value>(promise: Promise<Value>): Promise<() => Value> {
  const [result] = await Promise.allSettled([promise]);
  return () => {
    if (result.status === "rejected") throw result.reason;
    return result.value;
  };
}

/** What one pass has read so far. */
class Collected<Entry> {
  readonly #list: ListToRead<Entry>;
  readonly #entries: Entry[] = [];
  readonly #ids = new Set<string>();
  #counted: number | undefined;

  constructor(list: ListToRead<Entry>) {
    this.#list = list;
  }

  /** Whether no page is needed behind this one. */
  isEnoughWith(found: JsonArray): boolean {
    const { atMost = Infinity, endsWithEmptyPage } = this.#list.options;
    return (
      this.#entries.length + found.length >= atMost || (found.length === 0 && endsWithEmptyPage === true)
    );
  }

  /** How the list has changed since its first page, as a clause; undefined where nothing shows that it has. */
  add({ answer, found }: PageRead, asked: ManagementAsked): string | undefined {
    const { json } = answer;
    this.#counted ??= json === undefined ? undefined : asked.dialect.countOf?.(json);
    for (const value of found) {
      const id = idOf(value);
      if (id !== undefined && this.#ids.has(id)) return `${id} was listed twice`;
      if (id !== undefined) this.#ids.add(id);
      this.#entries.push(parsed(this.#list.entry, value, asked));
    }
    const { length } = this.#entries;
    if (length > maxEntries) throw incomplete(asked, `it has more than ${maxEntries} entries`);
    this.#list.options.onPage?.(length);
    return undefined;
  }

  /** A list that says how many entries it has is believed only if these were read. */
  whole(): Pass<Entry> {
    const { atMost } = this.#list.options;
    if (atMost !== undefined) {
      return { kind: "complete", entries: this.#entries.slice(0, atMost), isCounted: true };
    }
    const [counted, read] = [this.#counted, this.#entries.length];
    if (counted === undefined || counted === read) {
      return { kind: "complete", entries: this.#entries, isCounted: counted !== undefined };
    }
    return { kind: "changed", how: `it counted ${counted} entries, and ${read} were read` };
  }
}

interface AfterPage extends PageRead {
  readonly list: ListToRead<unknown>;
  readonly asked: ManagementAsked;
}

async function nextPath(send: Send, after: AfterPage): Promise<string | undefined> {
  const { answer, asked, list } = after;
  const next = asked.dialect.nextLinkOf(answer);
  if (next.kind === "unreadable") {
    throw incomplete(asked, "its link to the next page cannot be read");
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
 * A page without a link of any kind may be the last one, or something on the way has removed the links. Where it has more entries
 * than a smaller page could have, the same page in that size must have a next link.
 */
async function requireLinks(send: Send, { list, asked, answer, found }: AfterPage): Promise<void> {
  if (answer.headers["link"] !== undefined) return;
  const smaller = asked.dialect.inSmallerPages?.(asked.path);
  if (smaller === undefined || found.length <= (limitOf(smaller) ?? Infinity)) return;
  const askedAgain = { ...asked, path: smaller };
  const again = pageOf(await askPage(send, askedAgain, list), askedAgain);
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
