/** What checks read from: the server that was named, its token, both APIs of Astro, and a live provider beside them. */

import type { TokenClaims } from "../astro/token-claims.ts";
import type { Writer } from "../astro/writer.ts";
import type { ProvidedDirectory } from "../directory/source.ts";
import type { AppError } from "../ground/errors.ts";
import type { ServerLook } from "../http/look-at-server.ts";
import type { WordsOfFindings } from "../idp/finding-words.ts";
import type { Exchange, Send } from "../wire/exchange.ts";
import type { Readings } from "./readings.ts";

export interface CheckContext {
  readonly address: Address;
  readonly token: GivenToken;
  /** Resolves the name, connects and shakes hands; nothing is sent over HTTP. */
  readonly look: () => Promise<ServerLook>;
  /** Undefined without a usable address and token. */
  readonly server: CheckedServer | undefined;
  readonly provider: CheckedProvider | undefined;
  readonly now: () => Date;
  /** A fresh random UUID. */
  readonly uuid: () => string;
  readonly signal: AbortSignal;
}

export type Address =
  | {
      readonly kind: "given";
      /** With Entra's flag, where it was given. */
      readonly baseUrl: string;
      readonly organizationId: string | undefined;
      /** The URL is astro-scim's own, and nobody copied it from the console: by its organization alone, or as `setup` saved it. */
      readonly isByOrganization: boolean;
    }
  | { readonly kind: "unfit"; readonly error: AppError };

export type GivenToken =
  | { readonly kind: "given"; readonly source: string; readonly claims: TokenClaims | undefined }
  | { readonly kind: "missing"; readonly error: AppError };

export interface CheckedServer {
  /** SCIM base URL. */
  readonly baseUrl: string;
  /** Our own client: paced, and repeats what failed for the moment. */
  readonly send: Send;
  /** As a provider sends: once, without a User-Agent of ours. */
  readonly sendAsProvider: Send;
  /** What was read once and is judged by several checks. */
  readonly readings: Readings;
  /** Every exchange until now, repetitions included. */
  readonly exchanges: readonly Exchange[];
  /** For the canary alone: writes are sent to the end, also after Ctrl-C. */
  readonly writer: Writer;
}

export interface CheckedProvider {
  readonly idp: "okta" | "entra";
  /** For people. */
  readonly name: string;
  readonly words: WordsOfFindings;
  /** Reads the app with all that is assigned to it, once. @throws AppError */
  readonly read: () => Promise<ProvidedDirectory>;
}
