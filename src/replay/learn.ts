/** What an exchange tells about ids: the resource that was recorded, and the one that the target answered. */

import { isJsonObject, type JsonObject } from "../ground/json.ts";
import type { WireResponse } from "../wire/exchange.ts";
import type { Identities, ResourceKind } from "./identities.ts";
import { pairUp } from "./pair-up.ts";
import { objectIn } from "./recording/recorded-entry.ts";
import type { RecordedExchange } from "./recording/recording.ts";
import { kindInPath, kindOfResource, member, objectsIn, resourceIn, textMember } from "./resource.ts";

/** Learns from two answers to the same request; from one that failed there is nothing to learn. */
export function learn(ids: Identities, { request, answer }: RecordedExchange, given: WireResponse): void {
  if (answer.status >= 300 || given.status < 200 || given.status >= 300) return;
  const kind = kindInPath(request.path);
  // A recording without bodies still tells where a new resource is.
  learnLocations(ids, answer.location, given.headers["location"]);
  const recorded = objectIn(answer.body);
  if (recorded === undefined || !isJsonObject(given.json)) return;
  learnOperations(ids, recorded, given.json);
  const listed = objectsIn(member(recorded, "Resources"));
  if (listed.length === 0) {
    learnPair(ids, recorded, given.json, kind);
    return;
  }
  for (const [one, other] of pairsIn(listed, objectsIn(member(given.json, "Resources")))) {
    learnPair(ids, one, other, kind);
  }
}

function learnPair(ids: Identities, recorded: JsonObject, given: JsonObject, kind?: ResourceKind): void {
  const of = kind ?? kindOfResource(recorded) ?? kindOfResource(given);
  const recordedId = textMember(recorded, "id");
  const givenId = textMember(given, "id");
  if (of === undefined || recordedId === undefined || givenId === undefined) return;
  ids.learn(of, recordedId, givenId);
  learnMembers(ids, recorded, given);
}

/** A Team that is read before its users names them by `display`, where it does (RFC 7643 §4.2). */
function learnMembers(ids: Identities, recorded: JsonObject, given: JsonObject): void {
  const others = objectsIn(member(given, "members"));
  if (others.length === 0) return;
  for (const one of objectsIn(member(recorded, "members"))) {
    const display = textMember(one, "display");
    const recordedId = textMember(one, "value");
    if (display === undefined || recordedId === undefined || ids.given(recordedId) !== undefined) continue;
    const namesakes = others.filter((other) => textMember(other, "display") === display);
    const [givenId] = namesakes.map((other) => textMember(other, "value"));
    const kind = textMember(one, "type") === "Group" ? "Groups" : "Users";
    if (namesakes.length === 1 && givenId !== undefined) ids.learn(kind, recordedId, givenId);
  }
}

/** What makes two listed resources the same one, the strongest first. */
const names = ["externalId", "userName", "displayName"] as const;

/** Without sortBy, the server chooses the order of a list (RFC 7644 §3.4.2.3). */
function pairsIn(
  recorded: readonly JsonObject[],
  given: readonly JsonObject[],
): readonly (readonly [JsonObject, JsonObject])[] {
  const byName = names.map((name) => (resource: JsonObject) => nameOf(resource, name));
  const { pairs, leftOver } = pairUp(recorded, given, byName);
  const [one, ...more] = leftOver.first;
  const [other, ...others] = leftOver.second;
  if (one === undefined || other === undefined || more.length + others.length > 0) return pairs;
  // `attributes=id` leaves no names; with names they are two different ones.
  return hasName(one) || hasName(other) ? pairs : [...pairs, [one, other]];
}

function hasName(resource: JsonObject): boolean {
  return names.some((name) => nameOf(resource, name) !== undefined);
}

function nameOf(resource: JsonObject, name: string): string | undefined {
  return textMember(resource, name)?.toLowerCase();
}

function learnLocations(ids: Identities, recorded: string | undefined, given: string | undefined): void {
  const one = resourceIn(recorded ?? "");
  const other = resourceIn(given ?? "");
  if (one !== undefined && other?.kind === one.kind) ids.learn(one.kind, one.id, other.id);
}

/** RFC 7644 §3.7: the operations of a bulk answer stand in the order of the request. */
function learnOperations(ids: Identities, recorded: JsonObject, given: JsonObject): void {
  const others = objectsIn(member(given, "Operations"));
  for (const [index, one] of objectsIn(member(recorded, "Operations")).entries()) {
    const other = others[index];
    if (other !== undefined) learnLocations(ids, textMember(one, "location"), textMember(other, "location"));
  }
}
