/** The probes of "Test Connection", which every cycle and every run on demand begins with, too. */

import type { EntraAppSettings } from "../../../directory/entra-app-settings.ts";
import type { Conversation } from "../../../wire/conversation.ts";
import type { FailedProbe } from "../../credentials-test.ts";
import { readList } from "./answers.ts";
import type { Mapping } from "../mapping/mapping.ts";
import type { RequestShapes } from "./request-shapes.ts";
import { lookUp, type Endpoint } from "./requests.ts";

export interface ProbeOptions {
  readonly settings: Pick<EntraAppSettings, "users" | "groups">;
  readonly mappings: { readonly users: Mapping; readonly groups: Mapping };
  readonly shapes: RequestShapes;
  /** A random GUID in small letters. */
  readonly randomGuid: () => string;
}

/**
 * Looks for a random GUID by the first matching attribute, among users and, where they are mapped, among groups: an empty
 * list is what is hoped for (Microsoft: Tutorial: Develop a SCIM endpoint; MicrosoftDocs/azure-docs #94189). The probe
 * that failed; undefined where all were answered with a list.
 */
export function* probe(options: ProbeOptions, count?: number): Conversation<FailedProbe | undefined> {
  const { settings, mappings, shapes, randomGuid } = options;
  const kinds = [
    { endpoint: "/Users", mapping: mappings.users, enabled: settings.users.enabled },
    { endpoint: "/Groups", mapping: mappings.groups, enabled: settings.groups.enabled },
  ] as const satisfies readonly {
    readonly endpoint: Endpoint;
    readonly mapping: Mapping;
    readonly enabled: boolean;
  }[];
  const enabled = kinds.filter((kind) => kind.enabled);
  for (let index = 0; index < (count ?? enabled.length); index += 1) {
    const kind = enabled[index % enabled.length];
    const attribute = kind?.mapping.matching[0]?.target.path.text;
    if (kind === undefined || attribute === undefined) return undefined;
    const request = lookUp(kind.endpoint, { attribute, value: randomGuid() }, shapes);
    const answer = yield request;
    const list = readList({ request, answer, fidelity: shapes.fidelity });
    if (list.kind === "failure") return { failure: list, request, answer };
  }
  return undefined;
}
