/** Who is told of the requests that a server receives: its log of the last ones, and whoever listens. */

import { controlPath } from "./control-routes.ts";
import { shownExchange, type RawExchange, type ReceivedExchange, type Showing } from "./received.ts";
import { RequestLog } from "./request-log.ts";

export interface WatchOptions {
  readonly organizationId: string;
  /** Never shown. */
  readonly token: string;
  /** None by default. */
  readonly keepRequests?: number;
  readonly onExchange?: (exchange: ReceivedExchange) => void;
}

export interface Watch {
  readonly log: RequestLog;
  /** Undefined where nobody wants to know. */
  readonly onExchange: ((raw: RawExchange) => void) | undefined;
}

/** Bodies of requests and answers that are kept, in characters. */
const maxKeptCharacters = 32 * 1024 * 1024;

export function watchRequests(options: WatchOptions): Watch {
  const { keepRequests = 0, onExchange } = options;
  const showing: Showing = { base: `/scim/v2/${options.organizationId}`, secrets: [options.token] };
  const log = new RequestLog({ requests: keepRequests, characters: maxKeptCharacters }, showing);
  if (keepRequests === 0 && onExchange === undefined) return { log, onExchange: undefined };
  const watch = (raw: RawExchange): void => {
    // What a developer asks of the control endpoint is not what a client sends.
    if (raw.url.startsWith(`${controlPath}/`)) return;
    if (keepRequests > 0) log.add(raw);
    onExchange?.(shownExchange(raw, showing));
  };
  return { log, onExchange: watch };
}
