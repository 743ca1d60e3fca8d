/** The last requests that a server received, with their answers; bounded in number and in size. */

import { LoggedRequest, withoutBodies } from "./logged-request.ts";
import type { RawExchange, ReceivedExchange, RedactionOptions } from "./received.ts";

export interface RequestLogLimits {
  /** Requests that are kept; the oldest go first. */
  readonly requests: number;
  /** The same for the sum of their bodies. */
  readonly characters: number;
}

export class RequestLog {
  readonly #limits: RequestLogLimits;
  readonly #redaction: RedactionOptions;
  /** In the order of their answers. */
  #requests: LoggedRequest[] = [];
  #characters = 0;

  constructor(limits: RequestLogLimits, redaction: RedactionOptions) {
    this.#limits = limits;
    this.#redaction = redaction;
  }

  /** Cheap: an exchange is parsed and redacted when it is requested, or when it may hold a password. */
  add(raw: RawExchange): void {
    const request = new LoggedRequest(raw, this.#redaction);
    if (request.characters > this.#limits.characters) {
      this.add(withoutBodies(raw));
      return;
    }
    this.#requests.push(request);
    this.#characters += request.characters;
    while (this.#requests.length > this.#limits.requests || this.#characters > this.#limits.characters) {
      this.#characters -= this.#requests.shift()?.characters ?? 0;
    }
  }

  /** The oldest first, without their secrets. */
  list(): readonly ReceivedExchange[] {
    return this.#requests.map((request) => request.exchange());
  }

  clear(): void {
    this.#requests = [];
    this.#characters = 0;
  }
}
