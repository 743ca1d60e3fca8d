/** A list of the IAM API, page by page: everything, or an error; never a part that passes for everything. */

import { z } from "zod";
import { AppError } from "../../ground/errors.ts";
import { isJsonArray, type JsonObject, type JsonValue } from "../../ground/json.ts";
import type { Send } from "../../wire/exchange.ts";
import { expectIamJson, incompleteList, unexpectedForm, type IamAsked } from "./judge.ts";
import { listRequest, type ListName } from "./requests.ts";
import { pageSchema } from "./schemas.ts";

export interface IamListOptions {
  readonly root: string;
  readonly organizationId: string;
  readonly signal?: AbortSignal | undefined;
  /** Told after each page how many were read, and of how many. */
  readonly onPage?: ((list: ListName, read: number, total: number) => void) | undefined;
}

/** A list that changes while it is read is read again, this often altogether. */
const maxPasses = 3;
/** Against a server that goes on inventing entries. */
const maxEntries = 1_000_000;

/**
 * Reads every entry. Pages may be shorter than asked for; a list whose `totalCount` changes meanwhile, that has fewer or more
 * entries than it counts, or one entry twice, is read again.
 * @throws AppError source-incomplete where it stays so; not-astro for another form; interrupted; those of `expectIamJson`
 */
export async function readIamList<Entry extends { readonly id: string } | { readonly userId: string }>(
  send: Send,
  list: ListName,
  schema: z.ZodType<Entry>,
  options: IamListOptions,
): Promise<readonly Entry[]> {
  let complaint = "";
  for (let pass = 1; pass <= maxPasses; pass += 1) {
    const outcome = await readOnce(send, list, schema, options);
    if (outcome.kind === "complete") return outcome.entries;
    complaint = outcome.complaint;
  }
  throw incompleteList(askedFor(list, options), complaint);
}

type Pass<Entry> =
  | { readonly kind: "complete"; readonly entries: readonly Entry[] }
  | { readonly kind: "inconsistent"; readonly complaint: string };

async function readOnce<Entry extends { readonly id: string } | { readonly userId: string }>(
  send: Send,
  list: ListName,
  schema: z.ZodType<Entry>,
  options: IamListOptions,
): Promise<Pass<Entry>> {
  const asked = askedFor(list, options);
  const entries = new Map<string, Entry>();
  let received = 0;
  let announced: number | undefined;
  for (;;) {
    if (options.signal?.aborted === true) {
      throw new AppError("interrupted", `Interrupted while reading ${options.root}.`);
    }
    const answer = await send(listRequest(options.organizationId, list, received));
    const page = pageFrom(expectIamJson(answer, asked), list, schema, asked);
    announced ??= page.totalCount;
    if (page.totalCount !== announced) {
      return inconsistent(`its totalCount changed from ${announced} to ${page.totalCount} while it was read`);
    }
    for (const entry of page.entries) entries.set(idOf(entry), entry);
    received += page.entries.length;
    options.onPage?.(list, received, announced);
    if (entries.size < received) return inconsistent("it contains one entry twice");
    if (received > announced) return inconsistent(`it has more entries than its totalCount, ${announced}`);
    if (received > maxEntries) throw incompleteList(asked, `it has more than ${maxEntries} entries`);
    if (page.entries.length === 0 && received < announced) {
      return inconsistent(`its totalCount is ${announced}, but it ended after ${received}`);
    }
    // A full page is not believed to be the last one: a totalCount that counts the page looks the same.
    const isFull = page.entries.length > 0 && page.entries.length >= page.limit;
    if (received === announced && !isFull) return { kind: "complete", entries: [...entries.values()] };
  }
}

interface Page<Entry> {
  readonly entries: readonly Entry[];
  readonly limit: number;
  readonly totalCount: number;
}

/** @throws AppError not-astro where it has another form */
function pageFrom<Entry>(
  body: JsonObject,
  { key }: ListName,
  schema: z.ZodType<Entry>,
  asked: IamAsked,
): Page<Entry> {
  const page = pageSchema.safeParse(body);
  const listed: JsonValue | undefined = body[key];
  if (!page.success || !isJsonArray(listed)) {
    throw unexpectedForm(asked, `JSON that is not a page of ${key}`);
  }
  const entries = listed.map((entry) => parsed(entry, schema, key, asked));
  return { ...page.data, entries };
}

function parsed<Entry>(entry: JsonValue, schema: z.ZodType<Entry>, key: string, asked: IamAsked): Entry {
  const result = schema.safeParse(entry);
  if (result.success) return result.data;
  const at = result.error.issues[0]?.path.join(".") ?? "";
  throw unexpectedForm(
    asked,
    `an entry in ${key} that Astro does not describe${at === "" ? "" : ` (at ${at})`}`,
  );
}

function idOf(entry: { readonly id: string } | { readonly userId: string }): string {
  return "id" in entry ? entry.id : entry.userId;
}

function inconsistent(complaint: string): { readonly kind: "inconsistent"; readonly complaint: string } {
  return { kind: "inconsistent", complaint };
}

function askedFor({ path }: ListName, { root, organizationId }: IamListOptions): IamAsked {
  return { root, organizationId, request: `GET ${path}` };
}
