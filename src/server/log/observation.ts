/** One observed request: what is reported about it once its answer was sent, or its connection broke. */

import type { IncomingMessage, ServerResponse as RawResponse } from "node:http";
import type { FaultSettings } from "../../fault/fault.ts";
import type { Clock } from "../../world/world.ts";
import type { ServerResponse } from "../api/message.ts";
import type { RawAnswer, RawExchange } from "./received.ts";
import { teePieces } from "./sent-pieces.ts";

/** One request as it was answered: what the terminal shows on one line. */
export interface ServedRequest {
  readonly method: string;
  readonly url: string;
  /** Undefined where the connection was closed before the answer. */
  readonly status: number | undefined;
  readonly durationMs: number;
  readonly userAgent: string | undefined;
  /** Why it was refused, or what of it was not carried out. */
  readonly detail: string | undefined;
}

/** Observers of requests; undefined for those that are not needed, which then cost nothing. */
export interface Observers {
  readonly onServed: ((served: ServedRequest) => void) | undefined;
  /** Told of each exchange in full. */
  readonly onExchange: ((exchange: RawExchange) => void) | undefined;
  /** The same for a list of the last requests, which has what a developer asks of the server, too. */
  readonly onReceived: ((exchange: RawExchange, isForClients: boolean) => void) | undefined;
  /** Called with what a listener threw: no listener may end the process. */
  readonly onFault: (error: unknown) => void;
  readonly clock: Clock;
}

/** A request whose body, as text, is read while it is watched. */
export interface ObservedRequest {
  readonly raw: IncomingMessage;
  readonly body: unknown;
}

export interface ObservationOptions {
  readonly observers: Observers;
  /** Not of what a developer asks of the server: that is shown, and not kept. */
  readonly isForClients: boolean;
}

/** Begins where a request comes in, and tells by itself when all is over. */
export class Observation {
  readonly #observers: Observers;
  readonly #startedMs: number;
  readonly #isForClients: boolean;
  #answer: RawAnswer | undefined;
  #faults: readonly FaultSettings[] = [];

  constructor(request: ObservedRequest, raw: RawResponse, { observers, isForClients }: ObservationOptions) {
    this.#observers = observers;
    this.#isForClients = isForClients;
    this.#startedMs = observers.clock.monotonicMs();
    // Comes after the last byte of an answer, and after a break, on this side or the other.
    raw.once("close", () => this.#tell(request, raw));
  }

  /** These faults have a say in the answer, or there is none because of them. */
  struckBy(faults: readonly FaultSettings[]): void {
    this.#faults = faults;
  }

  /** The answer, which may have to be read along as it leaves; of `mediaType` unless its headers say otherwise. */
  answered(answer: ServerResponse, mediaType: string): ServerResponse {
    this.#answer = { ...answer, mediaType };
    if (answer.pieces === undefined || !this.#isReadAlong) return answer;
    const { pieces, sentPieces } = teePieces(answer.pieces);
    this.#answer = { ...answer, mediaType, sentPieces };
    return { ...answer, pieces };
  }

  get #isReadAlong(): boolean {
    const { onExchange, onReceived } = this.#observers;
    return this.#isForClients && (onExchange !== undefined || onReceived !== undefined);
  }

  #tell({ raw: { method = "", url = "", headers }, body }: ObservedRequest, raw: RawResponse): void {
    const { onServed, onExchange, onReceived, clock } = this.#observers;
    // If the connection was closed before the answer, no client has seen a status.
    const answer = raw.headersSent ? this.#answer : undefined;
    const durationMs = clock.monotonicMs() - this.#startedMs;
    this.#guarded(() =>
      onServed?.({
        method,
        url,
        status: answer?.status,
        durationMs,
        userAgent: headers["user-agent"],
        detail: answer?.detail,
      }),
    );
    const isWanted = onReceived !== undefined || (onExchange !== undefined && this.#isForClients);
    if (!isWanted) return;
    const exchange: RawExchange = {
      method,
      url,
      requestHeaders: headers,
      requestText: typeof body === "string" ? body : "",
      answer,
      startedAtMs: clock.now().getTime() - durationMs,
      durationMs,
      faults: this.#faults,
    };
    if (this.#isForClients) this.#guarded(() => onExchange?.(exchange));
    this.#guarded(() => onReceived?.(exchange, this.#isForClients));
  }

  /** An event of the socket called: what is thrown here would end the process. */
  #guarded(tell: () => void): void {
    try {
      tell();
    } catch (error) {
      this.#observers.onFault(error);
    }
  }
}
