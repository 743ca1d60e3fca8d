/** Answers whose text is made piece by piece, so that Teams of 50,000 members are never built as a whole. */

import { isJsonArray } from "../../ground/json.ts";
import { project, showsDefault, type Projection } from "../../scim/project.ts";
import type { ServerResponse } from "../api/message.ts";
import type { Organization } from "./organization.ts";
import { presentOwn, presentRelated, relatedAttributeName } from "../store/present.ts";
import type { StoredMember, StoredResource } from "../store/rows.ts";
import { resourceHeaders, shownText, showsRelated } from "./answer.ts";

/** Characters of text that are handed on at a time; what is no longer than this is not a stream. */
const chunkLength = 64 * 1024;

export interface PieceOptions {
  /** A Team without members shows an empty list, to distinguish it from one whose members are not shown. */
  readonly emptyList?: boolean;
}

/**
 * The representation of a resource as JSON text in pieces. A Team's members are read while they are written, so they
 * may be newer than the version that is shown with them, and never older: who writes by that version is refused.
 */
export async function* resourcePieces(
  projection: Projection,
  stored: StoredResource,
  organization: Organization,
  options: PieceOptions = {},
): AsyncGenerator<string> {
  const { type } = projection;
  if (type.name === "User" || !showsRelated(projection)) {
    yield shownText(projection, stored, organization);
    return;
  }
  yield ownText(projection, stored, organization).slice(0, -1);
  let isFirst = true;
  for await (const members of organization.rows.related(type.name, stored.id)) {
    const text = relatedText(projection, members, organization);
    if (text === "") continue;
    yield isFirst ? `,"${relatedAttributeName(type)}":[${text}` : `,${text}`;
    isFirst = false;
  }
  const end = options.emptyList === true ? `,"${relatedAttributeName(type)}":[]}` : "}";
  yield isFirst ? end : "]}";
}

/** One resource with its headers, as `resourceAnswer`, but in pieces. */
export async function answerInPieces(
  organization: Organization,
  projection: Projection,
  stored: StoredResource,
): Promise<ServerResponse> {
  const headers = resourceHeaders(projection.type, stored, organization.baseUrl);
  return {
    status: 200,
    headers,
    ...(await inPieces(resourcePieces(projection, stored, organization, { emptyList: true }), organization)),
  };
}

/** The body of an answer: in one text where that is short, otherwise in chunks. */
export async function inPieces(
  pieces: AsyncIterable<string>,
  { yieldToOthers }: Pick<Organization, "yieldToOthers">,
): Promise<Pick<ServerResponse, "text" | "pieces">> {
  const chunks = inChunks(pieces, yieldToOthers);
  const first = await chunks.next();
  const second = await chunks.next();
  if (second.done === true) return { text: first.value ?? "" };
  return { pieces: startingWith([first.value ?? "", second.value], chunks) };
}

/** A socket that accepts everything at once would block all other requests. */
async function* inChunks(
  pieces: AsyncIterable<string>,
  yieldToOthers: Organization["yieldToOthers"],
): AsyncGenerator<string, undefined> {
  let chunk = "";
  for await (const piece of pieces) {
    chunk += piece;
    if (chunk.length < chunkLength) continue;
    yield chunk;
    chunk = "";
    await yieldToOthers();
  }
  if (chunk !== "") yield chunk;
  return undefined;
}

async function* startingWith(begin: readonly string[], rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield* begin;
  yield* rest;
}

function ownText(
  projection: Projection,
  stored: StoredResource,
  { baseUrl, shortcuts }: Organization,
): string {
  const { type } = projection;
  const kept = showsDefault(projection) ? shortcuts?.ownText(type, stored, baseUrl) : undefined;
  return kept ?? JSON.stringify(project(presentOwn(type, stored, baseUrl), projection));
}

/** The values without the brackets around them; empty where none of them is shown. */
function relatedText(
  projection: Projection,
  related: readonly StoredMember[],
  { baseUrl, shortcuts }: Organization,
): string {
  const { type } = projection;
  const short = showsDefault(projection) ? shortcuts?.relatedText(type, related, baseUrl) : undefined;
  if (short !== undefined) return short;
  const name = relatedAttributeName(type);
  const shown = project({ [name]: presentRelated(type, related, baseUrl) }, projection)[name];
  return isJsonArray(shown) ? JSON.stringify(shown).slice(1, -1) : "";
}
