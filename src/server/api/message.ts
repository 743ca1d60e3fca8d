/** A request to the local Astro and its answer, as the handlers see them: no socket, no framework. */

import type { JsonObject } from "../../ground/json.ts";
import type { Work } from "../../scim/work.ts";
import type { QueryParameters } from "./query.ts";

export interface ServerRequest {
  readonly method: string;
  /** Named parts of the path: `id`. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: QueryParameters;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The body, parsed; undefined where there is none. */
  readonly body: unknown;
  /** What its edits have cost so far; those of a bulk request have one account. */
  readonly work: Work;
  /** Whether its connection is closed, so that no client waits for the answer. */
  readonly isAbandoned: () => boolean;
}

/** How an answer leaves, where a fault has a say in it. */
export interface Delivery {
  readonly cut: "before-answer" | "mid-answer" | undefined;
  readonly bytesPerSecond: number | undefined;
}

export interface ServerResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: JsonObject;
  /** The body as JSON text already, in place of `body`. */
  readonly text?: string;
  /** The body as it leaves, where it is encoded (RFC 9110 §8.4): `text` is what it holds. */
  readonly bytes?: Uint8Array;
  /** The same in pieces, where it is too long to be built as a whole: 50,000 members, a hundred times. */
  readonly pieces?: AsyncIterable<string>;
  /** For people: why the request was refused, or what of it was not carried out. */
  readonly detail?: string;
  /** Undefined unless a fault struck. */
  readonly delivery?: Delivery;
}
