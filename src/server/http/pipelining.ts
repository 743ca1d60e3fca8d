/**
 * Requests that a client sends before it is answered: Node hands each on as soon as it is read. RFC 9112 §9.3.2 lets a server
 * carry them out at the same time only where all of them are safe; so each waits for the one before.
 */

import type { IncomingMessage, ServerResponse as RawResponse } from "node:http";
import type { Socket } from "node:net";

/** Goes on at once, or when the answer before it on the same connection has left; never, if the connection breaks before. */
export type InTurn = (request: IncomingMessage, answer: RawResponse, goOn: () => void) => void;

export function takeTurns(): InTurn {
  const last = new WeakMap<Socket, RawResponse>();
  return ({ socket }, answer, goOn) => {
    const before = last.get(socket);
    last.set(socket, answer);
    if (before === undefined || before.writableFinished) goOn();
    else
      before.once("close", () => {
        if (before.writableFinished) goOn();
      });
  };
}
