/** Where the next page begins, in a text that a client cannot read or make: `$skiptoken`. */

import { createHmac, timingSafeEqual } from "node:crypto";
import { isJsonArray, type JsonValue } from "../../../ground/json.ts";
import { GraphError } from "../graph-error.ts";

/** The last object of a page: the value by which the list is sorted, and the id. */
export interface PageEnd {
  readonly sortedBy: string;
  readonly id: string;
}

export interface SkipTokens {
  readonly write: (end: PageEnd, list: string) => string;
  /**
   * `list` names what is listed: the token of one list does not work for another.
   * @throws GraphError 400 for a token that was not made here
   */
  readonly read: (token: string, list: string) => PageEnd;
}

/** `key` is a secret of the emulator. */
export function skipTokens(key: Uint8Array): SkipTokens {
  const sign = (text: string): Buffer => createHmac("sha256", key).update(text).digest().subarray(0, 12);
  return {
    write: ({ sortedBy, id }, list) => {
      const content = Buffer.from(JSON.stringify([sortedBy, id]));
      return Buffer.concat([sign(`${list} ${content.toString()}`), content]).toString("base64url");
    },
    read: (token, list) => {
      const bytes = Buffer.from(token, "base64url");
      const [signature, content] = [bytes.subarray(0, 12), bytes.subarray(12).toString()];
      if (signature.length < 12 || !timingSafeEqual(signature, sign(`${list} ${content}`))) throw expired();
      const value: JsonValue = JSON.parse(content);
      const [sortedBy, id] = isJsonArray(value) ? value : [];
      if (typeof sortedBy !== "string" || typeof id !== "string") throw expired();
      return { sortedBy, id };
    },
  };
}

function expired(): GraphError {
  return new GraphError(
    400,
    "Directory_ExpiredPageToken",
    "The specified page token value has expired and can no longer be included in your request.",
  );
}
