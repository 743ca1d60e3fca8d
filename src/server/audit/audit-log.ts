/**
 * The audit log of an Astro: which writes were carried out or refused, over which API, by whom (Astro docs: Export audit
 * logs). Bounded in number, in size, and in age as Astro's own.
 */

import { isJsonObject } from "../../ground/json.ts";
import { parseJsonText } from "../../wire/parse-json-text.ts";
import { redactJsonObject } from "../../wire/redact-json.ts";
import { mayNameSecret } from "../../wire/secret-names.ts";

/** A request to write, once it was answered. */
export interface AuditedWrite {
  readonly organizationId: string;
  /** Id of the API token. */
  readonly subjectId: string;
  /** Milliseconds since 1970. */
  readonly atMs: number;
  readonly method: string;
  /** As it came, with the query. */
  readonly url: string;
  /** The body as text; empty where there is none. */
  readonly requestText: string;
  readonly requestId: string;
  readonly status: number;
  readonly sourceIp: string;
  readonly userAgent: string | undefined;
  /** Astronomer's own clients name themselves (`x-astro-client-identifier`, `x-astro-client-version`). */
  readonly client: AstroClient | undefined;
}

export interface AstroClient {
  readonly name: string;
  readonly version: string | undefined;
}

export interface AuditLogLimits {
  /** Writes that are kept; the oldest go first. */
  readonly writes: number;
  /** The same for the sum of their bodies. */
  readonly characters: number;
  /** Of a longer body nothing is kept: a Team of 100,000 members. */
  readonly bodyCharacters: number;
  readonly ageMs: number;
}

const msOfDay = 24 * 3600 * 1000;

export const auditLogLimits: AuditLogLimits = {
  writes: 10_000,
  characters: 4 * 1024 * 1024,
  bodyCharacters: 1024 * 1024,
  // Astro docs: Export audit logs ("retained for 90 days").
  ageMs: 90 * msOfDay,
};

/** From the first to the last instant, both included; undefined where there is no bound. */
export interface AuditPeriod {
  readonly fromMs: number | undefined;
  readonly untilMs: number | undefined;
}

export class AuditLog {
  readonly #limits: AuditLogLimits;
  readonly #now: () => Date;
  /** The oldest first; those before `#first` are gone. */
  #writes: (AuditedWrite | undefined)[] = [];
  #first = 0;
  #characters = 0;

  constructor(now: () => Date, limits: AuditLogLimits = auditLogLimits) {
    this.#now = now;
    this.#limits = limits;
  }

  add(write: AuditedWrite): void {
    const { writes, characters, bodyCharacters } = this.#limits;
    const requestText = write.requestText.length > bodyCharacters ? "" : withoutSecrets(write.requestText);
    this.#writes.push({ ...write, requestText });
    this.#characters += requestText.length;
    while (this.#writes.length - this.#first > writes || this.#characters > characters) this.#forgetOldest();
    if (this.#first > writes) this.#compact();
  }

  /** Those of an organization and a period, the oldest first. */
  list(
    organizationId: string,
    { fromMs = -Infinity, untilMs = Infinity }: AuditPeriod,
  ): readonly AuditedWrite[] {
    const oldestMs = Math.max(fromMs, this.#now().getTime() - this.#limits.ageMs);
    return this.#writes
      .filter((write) => write !== undefined)
      .filter((write) => write.organizationId === organizationId)
      .filter(({ atMs }) => atMs >= oldestMs && atMs <= untilMs);
  }

  clear(): void {
    this.#writes = [];
    this.#first = 0;
    this.#characters = 0;
  }

  #forgetOldest(): void {
    this.#characters -= this.#writes[this.#first]?.requestText.length ?? 0;
    this.#writes[this.#first] = undefined;
    this.#first += 1;
  }

  /** Only now and then: to move all of them costs as much as there are. */
  #compact(): void {
    this.#writes = this.#writes.slice(this.#first);
    this.#first = 0;
  }
}

/** No password is kept; what is no object may be one that nobody could find. */
function withoutSecrets(requestText: string): string {
  if (!mayNameSecret(requestText)) return requestText;
  const body = parseJsonText(requestText);
  return isJsonObject(body) ? JSON.stringify(redactJsonObject(body, (text) => text)) : "";
}
