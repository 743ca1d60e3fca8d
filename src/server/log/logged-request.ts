/** One answered request for a list of many: nothing is parsed or redacted before somebody looks at it. */

import type { FaultSettings } from "../../fault/fault.ts";
import { parseJsonText } from "../../wire/parse-json-text.ts";
import { redactText, redactUrl } from "../../wire/redact.ts";
import { mayNameSecret } from "../../wire/secret-names.ts";
import type { ServedRequest } from "./observation.ts";
import {
  shownExchange,
  type RawAnswer,
  type RawExchange,
  type ReceivedExchange,
  type RedactionOptions,
} from "./received.ts";

/** A request as it came. It may hold secrets: it is there to be sent again, never to be shown. */
export interface OriginalRequest extends Pick<
  RawExchange,
  "method" | "url" | "requestHeaders" | "requestText"
> {
  /** A placeholder stands in its body where a secret stood, which is not kept. */
  readonly isRedacted: boolean;
}

export class LoggedRequest {
  readonly method: string;
  /** Undefined where the connection was closed before the answer. */
  readonly status: number | undefined;
  readonly startedAtMs: number;
  readonly durationMs: number;
  /** The faults that struck it, in the order in which they are set. */
  readonly faults: readonly FaultSettings[];
  /** Of its bodies. */
  readonly characters: number;
  /** Its bodies are not kept: they are too long, or it went to the control endpoint. */
  readonly isWithoutBodies: boolean;
  readonly #headers: RawExchange["requestHeaders"];
  readonly #redaction: RedactionOptions;
  /** Undefined where its body holds a secret: it is kept without it only. */
  readonly #raw: RawExchange | undefined;
  readonly #shown: ReceivedExchange | undefined;
  readonly #url: string;
  readonly #detail: string | undefined;

  constructor(raw: RawExchange, redaction: RedactionOptions) {
    const { method, url, startedAtMs, durationMs, answer, faults = [] } = raw;
    this.method = method;
    this.status = answer?.status;
    this.startedAtMs = startedAtMs;
    this.durationMs = durationMs;
    this.faults = faults;
    this.characters = raw.requestText.length + answerLength(answer);
    this.#redaction = redaction;
    this.isWithoutBodies = raw.isWithoutBodies === true;
    this.#headers = raw.requestHeaders;
    this.#url = url;
    this.#detail = answer?.detail;
    this.#shown = mayNameSecret(raw.requestText) ? shownExchange(raw, redaction) : undefined;
    this.#raw = this.#shown === undefined || isUnchanged(raw, this.#shown) ? raw : undefined;
  }

  /** Parsed, without its secrets. */
  exchange(): ReceivedExchange {
    if (this.#shown !== undefined) return this.#shown;
    if (this.#raw === undefined) throw new TypeError("a logged request is kept raw or without its secrets");
    return shownExchange(this.#raw, this.#redaction);
  }

  /** What stands on its line, without its secrets. */
  served(): ServedRequest {
    const { secrets } = this.#redaction;
    const hide = (text: string | undefined): string | undefined => text && redactText(text, secrets);
    return {
      method: this.method,
      url: redactUrl(this.#url, secrets),
      status: this.status,
      durationMs: this.durationMs,
      userAgent: hide(this.header("user-agent")),
      detail: hide(this.#detail),
    };
  }

  /** As it came, by its name in lower case: to be compared, never to be shown. */
  header(name: string): string | undefined {
    const value = this.#headers[name];
    return typeof value === "string" ? value : undefined;
  }

  /** Undefined where its body is not kept: it is too long, or may hold a secret that cannot be found in it. */
  original(): OriginalRequest | undefined {
    if (this.isWithoutBodies) return undefined;
    if (this.#raw !== undefined) return { ...this.#raw, isRedacted: false };
    const body = this.#shown?.request.body;
    if (body === undefined) return undefined;
    return {
      method: this.method,
      url: this.#url,
      requestHeaders: this.#headers,
      requestText: JSON.stringify(body),
      isRedacted: true,
    };
  }
}

/** The same exchange with a note in place of its bodies. */
export function withoutBodies(raw: RawExchange): RawExchange {
  if (raw.answer === undefined) return { ...raw, requestText: "", isWithoutBodies: true };
  const { status, headers = {}, mediaType, detail } = raw.answer;
  const text = `[not kept: ${answerLength(raw.answer)} characters]`;
  return {
    ...raw,
    requestText: "",
    isWithoutBodies: true,
    answer: { status, headers, mediaType, text, ...(detail === undefined ? {} : { detail }) },
  };
}

/** Whether nothing was taken out of the body, and it was not left out either. */
function isUnchanged({ requestText }: RawExchange, { request }: ReceivedExchange): boolean {
  return JSON.stringify(parseJsonText(requestText)) === JSON.stringify(request.body ?? null);
}

/** Bodies that are still objects are errors and the like; those in pieces may be as long as they are kept. */
function answerLength(answer: RawAnswer | undefined): number {
  return answer?.sentPieces?.text().length ?? answer?.text?.length ?? 0;
}
