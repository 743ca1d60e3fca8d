/** Whether a server still lists what is said to be gone: its filter is believed only where it finds what is there. */

import type { JsonObject } from "../../../ground/json.ts";
import { foldCase } from "../../../ground/text/fold-case.ts";
import type { Send } from "../../../wire/exchange.ts";
import { expectJson, type Asked } from "../judge.ts";
import { lookUp, readEverything, type NamedAs } from "./look-up.ts";
import { pageFrom } from "./page.ts";
import type { ReadingOne } from "./read-one.ts";
import { listRequest } from "../request.ts";
import { resourceId } from "../resource.ts";

/** Asks for one resource by name and id. */
export type StillListed = (
  named: NamedAs & { readonly name: string; readonly scimId: string },
) => Promise<boolean>;

/**
 * A check that remembers, for each list, whether its filter can be believed.
 * @throws AppError as `readAstroState`.
 */
export function createStillListed(send: Send, reading: ReadingOne): StillListed {
  const trusted = new Map<string, Promise<boolean>>();
  return async ({ scimId, ...named }) => {
    const asked = askedFor(named, reading);
    const isIt = (resource: JsonObject): boolean => resourceId(resource, asked) === scimId;
    const found = await lookUp(send, { ...named, ...reading });
    if (found.some(isIt)) return true;
    const trust = trusted.get(named.endpoint) ?? filterFinds(send, named, reading);
    trusted.set(named.endpoint, trust);
    const hasHeir = found.some((resource) => foldCase(nameOf(resource, named)) === foldCase(named.name));
    if (!hasHeir && (await trust)) return false;
    return (await readEverything(send, { endpoint: named.endpoint, ...reading })).some(isIt);
  };
}

/** Looks by its name for something that the list has just shown; a list without anything shows nothing gone either. */
async function filterFinds(send: Send, named: NamedAs, reading: ReadingOne): Promise<boolean> {
  const asked = askedFor(named, reading);
  const answer = await send(listRequest(named.endpoint, { startIndex: 1, count: 2 }));
  const known = pageFrom(expectJson(answer, asked), asked).resources.at(-1);
  if (known === undefined) return true;
  const found = await lookUp(send, { ...named, ...reading, name: nameOf(known, named) });
  return found.some((resource) => resourceId(resource, asked) === resourceId(known, asked));
}

function nameOf(resource: JsonObject, { attribute }: NamedAs): string {
  const name = resource[attribute];
  return typeof name === "string" ? name : "";
}

function askedFor({ endpoint }: NamedAs, { target, textIdsOnly = false }: ReadingOne): Asked {
  return { target, textIdsOnly, request: `GET ${endpoint}` };
}
