/** The last requests that a server received, with their answers; bounded in number and in size. */

import { mayNameSecret } from "../../wire/secret-names.ts";
import {
  shownExchange,
  type RawAnswer,
  type RawExchange,
  type ReceivedExchange,
  type RedactionOptions,
} from "./received.ts";

export interface RequestLogLimits {
  /** Requests that are kept; the oldest go first. */
  readonly requests: number;
  /** The same for the sum of their bodies. */
  readonly characters: number;
}

/** Kept as it came, or already without its secrets. */
interface Entry {
  readonly characters: number;
  readonly exchange:
    | { readonly kind: "raw"; readonly raw: RawExchange }
    | { readonly kind: "shown"; readonly shown: ReceivedExchange };
}

export class RequestLog {
  readonly #limits: RequestLogLimits;
  readonly #redaction: RedactionOptions;
  /** In the order of their answers. */
  #entries: Entry[] = [];
  #characters = 0;

  constructor(limits: RequestLogLimits, redaction: RedactionOptions) {
    this.#limits = limits;
    this.#redaction = redaction;
  }

  /** Cheap: an exchange is parsed and redacted when it is requested, or when it may hold a password. */
  add(raw: RawExchange): void {
    const characters = raw.requestText.length + answerLength(raw.answer);
    if (characters > this.#limits.characters) {
      this.add(withoutBodies(raw));
      return;
    }
    const isRisky = mayNameSecret(raw.requestText);
    this.#entries.push({
      characters,
      exchange: isRisky
        ? { kind: "shown", shown: shownExchange(raw, this.#redaction) }
        : { kind: "raw", raw },
    });
    this.#characters += characters;
    while (this.#entries.length > this.#limits.requests || this.#characters > this.#limits.characters) {
      this.#characters -= this.#entries.shift()?.characters ?? 0;
    }
  }

  /** The oldest first, without their secrets. */
  list(): readonly ReceivedExchange[] {
    return this.#entries.map(({ exchange }) =>
      exchange.kind === "shown" ? exchange.shown : shownExchange(exchange.raw, this.#redaction),
    );
  }

  clear(): void {
    this.#entries = [];
    this.#characters = 0;
  }
}

/** Bodies that are still objects are errors and the like; those in pieces may be as long as they are kept. */
function answerLength(answer: RawAnswer | undefined): number {
  return answer?.sentPieces?.text().length ?? answer?.text?.length ?? 0;
}

function withoutBodies(raw: RawExchange): RawExchange {
  if (raw.answer === undefined) return { ...raw, requestText: "" };
  const { status, headers = {}, mediaType } = raw.answer;
  const text = `[not kept: ${answerLength(raw.answer)} characters]`;
  return { ...raw, requestText: "", answer: { status, headers, mediaType, text } };
}
