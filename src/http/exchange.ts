/** One exchange on a connection: a request out, its answer back to the last byte, within a time limit. */

import { Readable } from "node:stream";

import type { Dispatcher } from "undici";

import type { Timers } from "../world/world.ts";
import { decodeBody, TextPieces, type InflationBudget } from "./decode-body.ts";

/** The time limit passed before the answer was complete. */
export class TimedOut extends Error {
  override readonly name = "TimedOut";
  /** Whether the answer had begun. */
  readonly isAnswering: boolean;

  constructor(isAnswering: boolean) {
    super("timed out");
    this.isAnswering = isAnswering;
  }
}

/** The exchange was cancelled. */
export class Cancelled extends Error {
  override readonly name = "Cancelled";
}

export interface ExchangeOptions {
  readonly timers: Timers;
  /** From now to the last byte of the answer. */
  readonly timeoutMs: number;
  readonly inflation: InflationBudget;
  /** Receives a function that cancels the exchange, and returns one that unregisters it. Left out if the answer must be awaited. */
  readonly registerCancel?: ((cancel: () => void) => () => void) | undefined;
}

export interface WholeAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Content codings undone. */
  readonly text: string;
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/**
 * Settles as the exchange does, or at once when it times out or is cancelled: then the connection is closed, and its
 * reaction is not awaited. It goes below undici's `request`, whose stream for each body costs half of what a short
 * answer costs.
 * @throws TimedOut; Cancelled; UndecodableBody; undici's and Node's errors of the connection
 */
export async function exchange(
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  { timers, timeoutMs, inflation, registerCancel }: ExchangeOptions,
): Promise<WholeAnswer> {
  return new Promise((resolve, reject) => {
    const answer = new AnswerReader(inflation, { resolve: settle(resolve), reject: settle(reject) });
    const stopTimeout = timers.startTimeout(timeoutMs, () => answer.stop(new TimedOut(answer.hasBegun)));
    const forget = registerCancel?.(() => answer.stop(new Cancelled()));
    let isSettled = false;
    function settle<Value>(end: (value: Value) => void): (value: Value) => void {
      return (value) => {
        if (isSettled) return;
        isSettled = true;
        stopTimeout();
        forget?.();
        end(value);
      };
    }
    dispatcher.dispatch(request, answer);
  });
}

interface Settle {
  readonly resolve: (answer: WholeAnswer) => void;
  readonly reject: (error: unknown) => void;
}

/** Collects what undici reads. The first end counts; a promise ignores the others. */
class AnswerReader implements Dispatcher.DispatchHandler {
  hasBegun = false;
  #controller: Dispatcher.DispatchController | undefined;
  #stoppedBy: Error | undefined;
  #status = 0;
  #headers: Readonly<Record<string, string>> = {};
  readonly #pieces = new TextPieces();
  /** Of an answer with a content coding, which is undone as it arrives. */
  #coded: Readable | undefined;
  readonly #inflation: InflationBudget;
  readonly #settle: Settle;

  constructor(inflation: InflationBudget, settle: Settle) {
    this.#inflation = inflation;
    this.#settle = settle;
  }

  /** Ends the exchange, also before it has a connection. */
  stop(error: Error): void {
    this.#stoppedBy = error;
    this.#settle.reject(error);
    this.#coded?.destroy();
    this.#controller?.abort(error);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#stoppedBy !== undefined) controller.abort(this.#stoppedBy);
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: Headers): void {
    // RFC 9110 §15.2: any number of interim answers may come before the answer.
    if (status < 200) return;
    this.hasBegun = true;
    this.#status = status;
    this.#headers = lowerCaseHeaders(headers);
    const coding = this.#headers["content-encoding"];
    if (coding !== undefined) this.#decode(coding, controller);
  }

  onResponseData(controller: Dispatcher.DispatchController, piece: Buffer): void {
    if (this.#coded === undefined) this.#pieces.add(piece);
    else if (!this.#coded.push(piece)) controller.pause();
  }

  onResponseEnd(): void {
    if (this.#coded === undefined) this.#finish(this.#pieces.text());
    else this.#coded.push(null);
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#settle.reject(error);
    this.#coded?.destroy(error);
  }

  #decode(coding: string, controller: Dispatcher.DispatchController): void {
    const body = new Readable({ read: () => controller.resume() });
    this.#coded = body;
    void this.#finishDecoded(decodeBody(body, coding, this.#inflation), controller);
  }

  async #finishDecoded(decoded: Promise<string>, controller: Dispatcher.DispatchController): Promise<void> {
    try {
      this.#finish(await decoded);
    } catch (error) {
      this.#settle.reject(error);
    }
    // What follows the end of the coded data would be waited for; of a complete answer nothing is left to abort.
    controller.abort(new Error("the answer is read as far as it is needed"));
  }

  #finish(text: string): void {
    this.#settle.resolve({ status: this.#status, headers: this.#headers, text });
  }
}

/** RFC 9110 §5.3: a header that comes several times is one list. */
function lowerCaseHeaders(headers: Headers): Readonly<Record<string, string>> {
  const lowerCase: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    lowerCase[name.toLowerCase()] = Array.isArray(value) ? value.join(", ") : (value ?? "");
  }
  return lowerCase;
}
