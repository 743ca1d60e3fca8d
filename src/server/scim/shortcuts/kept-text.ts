/** Representations as JSON text, made of the text that the in-memory store keeps; undefined for rows without one. */

import type { ResourceType } from "../../../scim/schema/attribute.ts";
import { keptText } from "../../store/memory/record.ts";
import { presentRelated, relatedAttributeName } from "../../store/present.ts";
import type { StoredMember, StoredResource } from "../../store/rows.ts";
import { instantText } from "./instant.ts";

/** `present` as text: nothing is parsed, little is stringified. */
export function textOf(type: ResourceType, stored: StoredResource, baseUrl: string): string | undefined {
  const openText = keptText(stored);
  if (openText === undefined) return undefined;
  const { related } = stored;
  if (related === undefined || related.length === 0) return openText + metaText(type, stored, baseUrl);
  const mirror = JSON.stringify(presentRelated(type, related, baseUrl));
  return `${openText},"${relatedAttributeName(type)}":${mirror}${metaText(type, stored, baseUrl)}`;
}

/** `presentOwn` as text. */
export function ownTextOf(type: ResourceType, stored: StoredResource, baseUrl: string): string | undefined {
  const openText = keptText(stored);
  return openText === undefined ? undefined : openText + metaText(type, stored, baseUrl);
}

/**
 * `presentRelated` as text, with commas between; of a Team of 50,000 most of an answer's work. Ids that this server made
 * need no escape.
 */
export function relatedTextOf(type: ResourceType, related: readonly StoredMember[], baseUrl: string): string {
  const [collection, kind] =
    type.name === "Group" ? [`${baseUrl}/Users`, "User"] : [`${baseUrl}/Groups`, "direct"];
  return related
    .map(({ value, display }) =>
      display === undefined
        ? JSON.stringify({ value })
        : `{"value":"${value}","$ref":"${collection}/${value}",` +
          `"display":${JSON.stringify(display)},"type":"${kind}"}`,
    )
    .join(",");
}

/** `meta` as the last attribute of an object that is closed with it; of its values the version alone needs an escape. */
function metaText(type: ResourceType, stored: StoredResource, baseUrl: string): string {
  const { createdMs, lastModifiedMs } = stored;
  const created = instantText(createdMs);
  const lastModified = lastModifiedMs === createdMs ? created : instantText(lastModifiedMs);
  const { open, location } = metaPieces(type, baseUrl);
  return (
    open +
    created +
    `","lastModified":"` +
    lastModified +
    location +
    stored.id +
    metaVersion +
    stored.version +
    metaEnd
  );
}

interface MetaPieces {
  readonly baseUrl: string;
  /** Up to the instant of creation. */
  readonly open: string;
  /** From behind the last instant up to the id. */
  readonly location: string;
}

const metaVersion = String.raw`","version":"W/\"`;
const metaEnd = String.raw`\""}}`;

/** Those of the server that answered last: a list is written in few pieces that are the same for all of it. */
const lastPieces = new Map<ResourceType, MetaPieces>();

function metaPieces(type: ResourceType, baseUrl: string): MetaPieces {
  const last = lastPieces.get(type);
  if (last?.baseUrl === baseUrl) return last;
  const pieces = {
    baseUrl,
    open: `,"meta":{"resourceType":"${type.name}","created":"`,
    location: `","location":"${baseUrl}${type.endpoint}/`,
  };
  lastPieces.set(type, pieces);
  return pieces;
}
