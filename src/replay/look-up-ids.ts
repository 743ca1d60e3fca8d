/** Ids that were in use before the recording began, found in the target by the names that they have in it. */

import { lookUp, type NamedAs } from "../astro/api/reading/look-up.ts";
import { AppError } from "../ground/errors.ts";
import type { JsonObject } from "../ground/json.ts";
import { foldCase } from "../ground/text/fold-case.ts";
import type { Send } from "../wire/exchange.ts";
import type { Identities, ResourceKind } from "./identities.ts";
import { objectIn } from "./recording/recorded-entry.ts";
import type { RecordedExchange } from "./recording/recording.ts";
import { kindInPath, kindOfResource, member, objectsIn, textMember } from "./resource.ts";
import type { IdInRequest } from "./translate-request.ts";

const namedAs: Readonly<Record<ResourceKind, NamedAs>> = {
  Users: { endpoint: "/Users", attribute: "userName" },
  Groups: { endpoint: "/Groups", attribute: "displayName" },
};

export interface LookUpOptions {
  readonly exchanges: readonly RecordedExchange[];
  readonly ids: Identities;
  readonly send: Send;
  /** SCIM base URL. */
  readonly target: string;
}

/**
 * Asks the target once for each id that any recorded answer names; where exactly one resource has that name, it is
 * learnt. Failures of the target are left to the request that follows.
 */
export function createLookUp({
  exchanges,
  ids,
  send,
  target,
}: LookUpOptions): (unknown: IdInRequest) => Promise<void> {
  const names = namesIn(exchanges);
  const asked = new Set<string>();
  return async ({ id, kind }) => {
    const among: readonly ResourceKind[] = kind === undefined ? ["Users", "Groups"] : [kind];
    for (const one of among) {
      const key = `${one}/${id}`;
      const name = names.get(key);
      if (name === undefined || asked.has(key)) continue;
      asked.add(key);
      const found = await resourcesNamed(send, { ...namedAs[one], name, target });
      const [only, ...more] = found.map((resource) => textMember(resource, "id"));
      if (only !== undefined && more.length === 0) ids.learn(one, id, only);
    }
  };
}

async function resourcesNamed(
  send: Send,
  named: NamedAs & { readonly name: string; readonly target: string },
): Promise<readonly JsonObject[]> {
  try {
    const found = await lookUp(send, named);
    return found.filter(
      (resource) => foldCase(textMember(resource, named.attribute) ?? "") === foldCase(named.name),
    );
  } catch (error) {
    if (error instanceof AppError) return [];
    throw error;
  }
}

/** By `Users/<id>`: the first name that a recorded answer gives to it. */
function namesIn(exchanges: readonly RecordedExchange[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { request, answer } of exchanges) {
    const body = answer.status < 300 ? objectIn(answer.body) : undefined;
    if (body === undefined) continue;
    for (const resource of [body, ...objectsIn(member(body, "Resources"))]) {
      const kind = kindInPath(request.path) ?? kindOfResource(resource);
      const id = textMember(resource, "id");
      const name = kind === undefined ? undefined : textMember(resource, namedAs[kind].attribute);
      if (id === undefined || name === undefined || names.has(`${kind}/${id}`)) continue;
      names.set(`${kind}/${id}`, name);
    }
  }
  return names;
}
