/** Who sees the requests that a server receives: its log of the last ones, and any listener. */

import { redactText, redactUrl } from "../../wire/redact.ts";
import type { Clock } from "../../world/world.ts";
import { LoggedRequest, withoutBodies } from "./logged-request.ts";
import type { Observers, ServedRequest } from "./observation.ts";
import { shownExchange, type ReceivedExchange, type RedactionOptions } from "./received.ts";
import { RequestLog } from "./request-log.ts";

export interface WatchOptions {
  readonly organizationId: string;
  /** Never shown. */
  readonly tokens: readonly string[];
  /** None by default. */
  readonly keepRequests?: number;
  readonly onServed?: (served: ServedRequest) => void;
  readonly onExchange?: (exchange: ReceivedExchange) => void;
  /** For a list of the last requests: cheap, however many there are. */
  readonly onReceived?: (request: LoggedRequest) => void;
  /** Told what those threw. */
  readonly onFault: (error: unknown) => void;
  readonly clock: Clock;
}

export interface Watch {
  readonly log: RequestLog;
  /** Undefined if it is not needed. */
  readonly observers: Observers | undefined;
}

/** Bodies of requests and answers that are kept, in characters. */
const maxKeptCharacters = 32 * 1024 * 1024;
/** The same of one request in a list. */
const maxListedCharacters = 4 * 1024 * 1024;

export function watchRequests(options: WatchOptions): Watch {
  const redaction: RedactionOptions = {
    base: `/scim/v2/${options.organizationId}`,
    secrets: options.tokens,
  };
  const requests = options.keepRequests ?? 0;
  const log = new RequestLog({ requests, characters: maxKeptCharacters }, redaction);
  const onServed = servedWatcher(options);
  const onExchange = exchangeWatcher(options, redaction, log);
  const onReceived = receivedWatcher(options, redaction);
  const isWatched = [onServed, onExchange, onReceived].some((watcher) => watcher !== undefined);
  const { onFault, clock } = options;
  return { log, observers: isWatched ? { onServed, onExchange, onReceived, onFault, clock } : undefined };
}

/** Of what a developer asks of the server, only the line is kept: it may be all the requests, or the whole state. */
function receivedWatcher({ onReceived }: WatchOptions, redaction: RedactionOptions): Observers["onReceived"] {
  if (onReceived === undefined) return undefined;
  return (raw, isForClients) => {
    const request = new LoggedRequest(isForClients ? raw : withoutBodies(raw), redaction);
    const isShort = request.characters <= maxListedCharacters;
    onReceived(isShort ? request : new LoggedRequest(withoutBodies(raw), redaction));
  };
}

function exchangeWatcher(
  { keepRequests = 0, onExchange }: WatchOptions,
  redaction: RedactionOptions,
  log: RequestLog,
): Observers["onExchange"] {
  if (keepRequests === 0 && onExchange === undefined) return undefined;
  return (raw) => {
    if (keepRequests > 0) log.add(raw);
    onExchange?.(shownExchange(raw, redaction));
  };
}

/** Clients put tokens into URLs, and an error repeats a part of what was sent. */
function servedWatcher({ tokens: secrets, onServed }: WatchOptions): Observers["onServed"] {
  if (onServed === undefined) return undefined;
  const hide = (text: string | undefined): string | undefined => text && redactText(text, secrets);
  return (served) => {
    const { url, userAgent, detail } = served;
    onServed({ ...served, url: redactUrl(url, secrets), userAgent: hide(userAgent), detail: hide(detail) });
  };
}
