/** A request as the live list knows it: numbers at once, words once somebody looks at them. */

import { effectText, faultText } from "../../../fault/fault-text.ts";
import { decodedPath } from "../../../ground/text/decoded-path.ts";
import { printable } from "../../../ground/text/printable.ts";
import type { LoggedRequest } from "../../../server/log/logged-request.ts";
import { clientName } from "./client-name.ts";

/** Words of one line, each printable and without secrets. */
export interface RequestWords {
  /** `12:03:04`, when it was answered. */
  readonly time: string;
  readonly method: string;
  /** Decoded, below the SCIM base URL. */
  readonly path: string;
  /** `200`; `cut` where the connection was closed before the answer. */
  readonly status: string;
  readonly duration: string;
  readonly client: string | undefined;
  /** The faults that struck it, as `--fault` takes them. */
  readonly fault: string | undefined;
  /** What they do, in short. */
  readonly effect: string | undefined;
  /** Why it was refused, or what of it was not carried out. */
  readonly detail: string | undefined;
  /** All of them in lower case, for the filter. */
  readonly all: string;
}

export interface LiveRequestOptions {
  /** From 1, in the order of the answers. */
  readonly number: number;
  /** Whether this list sent it. */
  readonly isResent: boolean;
  /** Takes out the secrets that the command knows. */
  readonly hide: (text: string) => string;
}

export class LiveRequest {
  readonly number: number;
  readonly isResent: boolean;
  readonly logged: LoggedRequest;
  readonly hide: (text: string) => string;
  #words: RequestWords | undefined;

  constructor(logged: LoggedRequest, { number, isResent, hide }: LiveRequestOptions) {
    this.logged = logged;
    this.number = number;
    this.isResent = isResent;
    this.hide = hide;
  }

  /** No answer, or one that is no success. */
  get isFailed(): boolean {
    return this.logged.status === undefined || this.logged.status >= 400;
  }

  words(): RequestWords {
    this.#words ??= wordsOf(this);
    return this.#words;
  }
}

function wordsOf({ logged, isResent, hide }: LiveRequest): RequestWords {
  const { method, url, status, durationMs, userAgent, detail } = logged.served();
  const shown = (text: string): string => printable(hide(text));
  const client = clientName({ userAgent, hasEntraHeader: logged.header("adscimversion") !== undefined });
  const words = {
    time: new Date(logged.startedAtMs + durationMs).toTimeString().slice(0, 8),
    method: shown(method),
    path: shown(decodedPath(url.replace(/^\/scim\/v2\/[^/?]+/, ""))),
    status: String(status ?? "cut"),
    duration: durationText(durationMs),
    client: isResent ? "resent" : client && shown(client),
    fault: logged.faults.length === 0 ? undefined : shown(logged.faults.map(faultText).join(" ")),
    effect: logged.faults.length === 0 ? undefined : shown(logged.faults.map(effectText).join(" ")),
    detail: detail && shown(detail),
  };
  const { path, client: name = "", fault = "" } = words;
  return { ...words, all: [words.method, path, words.status, name, fault].join(" ").toLowerCase() };
}

/** `3 ms`, from ten seconds on `12.3 s`. */
function durationText(ms: number): string {
  return ms < 10_000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
