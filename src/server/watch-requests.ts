/** Who is told of the requests that a server receives: its log of the last ones, and whoever listens. */

import { redactText, redactUrl } from "../wire/redact.ts";
import { controlPath } from "./control-routes.ts";
import type { ServedRequest } from "./http.ts";
import { shownExchange, type RawExchange, type ReceivedExchange, type Showing } from "./received.ts";
import { RequestLog } from "./request-log.ts";

export interface WatchOptions {
  readonly organizationId: string;
  /** Never shown. */
  readonly token: string;
  /** None by default. */
  readonly keepRequests?: number;
  readonly onServed?: (served: ServedRequest) => void;
  readonly onExchange?: (exchange: ReceivedExchange) => void;
}

export interface Watch {
  readonly log: RequestLog;
  readonly onServed: (served: ServedRequest) => void;
  /** Undefined where nobody wants to know. */
  readonly onExchange: ((raw: RawExchange) => void) | undefined;
}

/** Bodies of requests and answers that are kept, in characters. */
const maxKeptCharacters = 32 * 1024 * 1024;

export function watchRequests(options: WatchOptions): Watch {
  const { keepRequests = 0, onExchange } = options;
  const onServed = servedWatcher(options);
  const showing: Showing = { base: `/scim/v2/${options.organizationId}`, secrets: [options.token] };
  const log = new RequestLog({ requests: keepRequests, characters: maxKeptCharacters }, showing);
  if (keepRequests === 0 && onExchange === undefined) return { log, onServed, onExchange: undefined };
  const watch = (raw: RawExchange): void => {
    // What a developer asks of the control endpoint is not what a client sends.
    if (raw.url.startsWith(`${controlPath}/`)) return;
    if (keepRequests > 0) log.add(raw);
    onExchange?.(shownExchange(raw, showing));
  };
  return { log, onServed, onExchange: watch };
}

/** Clients put tokens into URLs, and an error repeats a part of what was sent. */
function servedWatcher({ token, onServed }: WatchOptions): Watch["onServed"] {
  if (onServed === undefined) return ignore;
  const hide = (text: string | undefined): string | undefined => text && redactText(text, [token]);
  return (served) => {
    const { url, userAgent, detail } = served;
    onServed({ ...served, url: redactUrl(url, [token]), userAgent: hide(userAgent), detail: hide(detail) });
  };
}

function ignore(): void {
  // Nobody asked to be told.
}
