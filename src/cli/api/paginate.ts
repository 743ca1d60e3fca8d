/** `--paginate`: all pages of a list as one, over IAM or SCIM. */

import type { IamAsked } from "../../astro/iam/judge.ts";
import { readAllPages, type Page } from "../../astro/iam/pages.ts";
import { pageLimit } from "../../astro/iam/requests.ts";
import { pageSchema } from "../../astro/iam/schemas.ts";
import { wholeList } from "../../astro/api/reading/whole-list.ts";
import { AppError } from "../../ground/errors.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../ground/json.ts";
import type { Connected } from "../connected.ts";
import type { ApiRequest } from "./request.ts";

/** @throws AppError usage for what is no list; source-incomplete where it cannot be read in full */
export async function readAllOf(connected: Connected, request: ApiRequest): Promise<JsonObject> {
  const [path = "", query = ""] = request.path.split("?");
  const parameters = new URLSearchParams(query);
  const own = ["offset", "startIndex", "cursor"].find((name) => parameters.has(name));
  if (own !== undefined) {
    throw new AppError("usage", `--paginate reads all pages, so ${own} cannot be given.`, {
      hint: `Leave out ${own}, or --paginate.`,
    });
  }
  return request.api === "iam"
    ? iamPages(connected, request, { path, parameters })
    : scimPages(connected, { path, parameters });
}

interface ListAddress {
  readonly path: string;
  readonly parameters: URLSearchParams;
}

async function iamPages(
  { connection, signal, output }: Connected,
  request: ApiRequest,
  { path, parameters }: ListAddress,
): Promise<JsonObject> {
  const { apis, baseUrl } = connection;
  const asked = {
    root: apis?.root ?? baseUrl,
    organizationId: apis?.organizationId ?? "",
    request: `GET ${path}`,
    hasScimOption: false,
  };
  if (!parameters.has("limit")) parameters.set("limit", String(pageLimit));
  let key: string | undefined;
  const entries = await readAllPages<JsonValue>(connection.apis?.send ?? connection.send, {
    asked,
    requestAt: (offset) => {
      parameters.set("offset", String(offset));
      return { method: "GET", path: `${path}?${parameters.toString()}`, headers: request.headers };
    },
    pageFrom: (body) => {
      const page = anyPage(body);
      if (page === undefined) throw notList(asked);
      key = page.key;
      return page;
    },
    keyOf: keyOfEntry,
    signal,
    onPage: (read, total) => output.progress.update(`reading ${path}: ${read} of ${total}`),
  });
  return { [key ?? ""]: entries, limit: entries.length, offset: 0, totalCount: entries.length };
}

function notList({ root, request }: IamAsked): AppError {
  return new AppError("not-astro", `${root} answered ${request} with JSON that is not a page of a list.`, {
    hint: "Leave out --paginate to read one thing: it is for lists, such as /users and /teams.",
  });
}

/** The one list beside the counters, whatever its name. */
function anyPage(body: JsonObject): (Page<JsonValue> & { readonly key: string }) | undefined {
  const page = pageSchema.safeParse(body);
  const [key, ...others] = Object.keys(body).filter((name) => isJsonArray(body[name]));
  const entries = key === undefined ? undefined : body[key];
  if (!page.success || key === undefined || !isJsonArray(entries) || others.length > 0) return undefined;
  return { ...page.data, key, entries };
}

function keyOfEntry(entry: JsonValue): string {
  const id = isJsonObject(entry) ? (entry["id"] ?? entry["userId"]) : undefined;
  return JSON.stringify(id ?? entry);
}

async function scimPages(
  { connection, signal, output }: Connected,
  { path, parameters }: ListAddress,
): Promise<JsonObject> {
  if (path !== "/Users" && path !== "/Groups") {
    throw new AppError(
      "usage",
      "--paginate works with /Users and /Groups of SCIM, and with the lists of IAM.",
    );
  }
  const filter = parameters.get("filter");
  for (const name of ["filter", "count"]) parameters.delete(name);
  return wholeList(connection.send, {
    endpoint: path,
    target: connection.baseUrl,
    ...(filter === null ? {} : { filter }),
    parameters: parameters.toString(),
    signal,
    onPage: (_endpoint, read, total) =>
      output.progress.update(`reading ${path}: ${read}${total === undefined ? "" : ` of ${total}`}`),
  });
}
