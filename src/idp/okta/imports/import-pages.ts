/** Reading everything that the target has, page by page: an import knows no filter. */

import type { OktaFidelity } from "../../../fidelity/table.ts";
import type { JsonValue } from "../../../ground/json.ts";
import type { Conversation } from "../../../wire/conversation.ts";
import { readList } from "../requests/answers.ts";
import type { RemoteError } from "../requests/remote-error.ts";
import { importPage, importPageSize } from "../requests/requests.ts";

export interface Imported {
  readonly kind: "imported";
  readonly resources: readonly JsonValue[];
}

/**
 * Pages of 100 until `totalResults` is reached (Okta: "Okta and SCIM Version 2.0", retrieve users). Inferred: an
 * empty page ends it, too, whatever `totalResults` says.
 */
export function* readAll(
  endpoint: "/Users" | "/Groups",
  { importPaging }: OktaFidelity,
): Conversation<Imported | RemoteError> {
  const resources: JsonValue[] = [];
  for (let startIndex = 1; ;) {
    const list = readList(yield importPage(endpoint, startIndex));
    if (list.kind === "remote-error") return list;
    for (const resource of list.resources) resources.push(resource);
    startIndex += importPaging === "by-100" ? importPageSize : list.resources.length;
    if (list.resources.length === 0 || startIndex > list.totalResults) return { kind: "imported", resources };
  }
}
