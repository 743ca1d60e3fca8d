/** The request that the words and options of `astro-scim api` describe. */

import type { AstroApiName } from "../../astro/records/record.ts";
import { AppError } from "../../ground/errors.ts";
import type { Io } from "../../world/io.ts";
import type { WireMethod, WireRequest } from "../../wire/exchange.ts";
import { resolveApiPath, type ApiPlace } from "./api-path.ts";
import { bodyOf, readField, withQuery } from "./fields.ts";
import { readInput } from "./input.ts";

export interface ApiWords {
  readonly method: string;
  readonly path: string;
  /** As written: `name=value`. */
  readonly fields: readonly string[];
  readonly rawFields: readonly string[];
  /** A file, or `-`. */
  readonly input: string | undefined;
}

export interface ApiRequest extends WireRequest {
  readonly api: AstroApiName;
}

const methods: readonly WireMethod[] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** RFC 7644 §3.1 for SCIM; the IAM API speaks plain JSON. */
const mediaTypes: Readonly<Record<AstroApiName, { readonly accept: string; readonly body: string }>> = {
  iam: { accept: "application/json", body: "application/json" },
  scim: { accept: "application/scim+json, application/json", body: "application/scim+json" },
};

/**
 * Fields are the query of GET and DELETE, and of any request with `--input`; else they are the body.
 * @throws AppError usage; invalid-file, for `--input`
 */
export async function apiRequest(io: Io, words: ApiWords, place: ApiPlace): Promise<ApiRequest> {
  const method = methodOf(words.method);
  const { api, path } = resolveApiPath(words.path, place);
  const fields = [
    ...words.fields.map((text) => readField(text, { isRaw: false })),
    ...words.rawFields.map((text) => readField(text, { isRaw: true })),
  ];
  const takesBody = method !== "GET" && method !== "DELETE";
  if (words.input !== undefined && !takesBody) {
    throw new AppError("usage", `${method} has no body, so --input cannot be used.`, {
      hint: "Use --field for its query.",
    });
  }
  const body =
    words.input === undefined
      ? takesBody && fields.length > 0
        ? bodyOf(fields)
        : undefined
      : await readInput(io, words.input);
  const isInQuery = !takesBody || words.input !== undefined;
  const { accept, body: contentType } = mediaTypes[api];
  return {
    api,
    method,
    path: isInQuery ? withQuery(path, fields) : path,
    headers: body === undefined ? { accept } : { accept, "content-type": contentType },
    ...(body === undefined ? {} : { body }),
  };
}

/** Whether it may change something; a search by POST does not (RFC 7644 §3.4.3). */
export function isWrite({ method, path }: WireRequest): boolean {
  return method !== "GET" && !(method === "POST" && (path.split("?")[0] ?? "").endsWith("/.search"));
}

/** @throws AppError usage, with the methods that there are */
export function methodOf(text: string): WireMethod {
  const method = methods.find((each) => each === text.toUpperCase());
  if (method !== undefined) return method;
  throw new AppError("usage", `"${text}" is not a method of these APIs.`, {
    hint: `Use ${methods.join(", ")}: astro-scim api GET /users`,
  });
}
