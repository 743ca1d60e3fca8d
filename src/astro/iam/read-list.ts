/** The lists of users, Teams and members, read in full. */

import type { z } from "zod";
import { isJsonArray, type JsonObject, type JsonValue } from "../../ground/json.ts";
import type { Send } from "../../wire/exchange.ts";
import { unexpectedForm, type IamAsked } from "./judge.ts";
import { readAllPages, type Page } from "./pages.ts";
import { listRequest, type ListName } from "./requests.ts";
import { pageSchema } from "./schemas.ts";

export interface IamListOptions {
  readonly root: string;
  readonly organizationId: string;
  readonly signal?: AbortSignal | undefined;
  /** Told after each page how many were read, and of how many. */
  readonly onPage?: ((list: ListName, read: number, total: number) => void) | undefined;
}

type Identified = { readonly id: string } | { readonly userId: string };

/** @throws AppError as `readAllPages`; not-astro for an entry in another form */
export async function readIamList<Entry extends Identified>(
  send: Send,
  list: ListName,
  schema: z.ZodType<Entry>,
  { root, organizationId, signal, onPage }: IamListOptions,
): Promise<readonly Entry[]> {
  const asked = { root, organizationId, request: `GET ${list.path}` };
  return readAllPages(send, {
    asked,
    requestAt: (offset) => listRequest(organizationId, list, offset),
    pageFrom: (body) => pageOf(body, list, schema, asked),
    keyOf: (entry) => ("id" in entry ? entry.id : entry.userId),
    signal,
    onPage: (read, total) => onPage?.(list, read, total),
  });
}

function pageOf<Entry>(
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
  return { ...page.data, entries: listed.map((entry) => parsed(entry, schema, key, asked)) };
}

function parsed<Entry>(entry: JsonValue, schema: z.ZodType<Entry>, key: string, asked: IamAsked): Entry {
  const result = schema.safeParse(entry);
  if (result.success) return result.data;
  const at = result.error.issues[0]?.path.join(".") ?? "";
  const where = at === "" ? "" : ` (at ${at})`;
  throw unexpectedForm(asked, `an entry in ${key} that Astro does not describe${where}`);
}
