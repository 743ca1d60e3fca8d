/** A sender that can't write, for targets which a profile marks `readOnly`. */

import { AppError } from "../ground/errors.ts";
import type { Send, WireRequest } from "../wire/exchange.ts";

/**
 * Lets reads pass, and searches by POST (RFC 7644 §3.4.3), which change nothing.
 * The sender it returns throws AppError refused for every other request; `name` is the target's, for the message.
 */
export function withReadOnly(send: Send, name: string): Send {
  return async (request) => {
    if (isRead(request)) return send(request);
    throw new AppError("refused", `${name} is marked readOnly: ${request.method} was not sent.`, {
      hint: "Remove readOnly from the profile, or choose another profile.",
    });
  };
}

function isRead({ method, path }: WireRequest): boolean {
  return method === "GET" || (method === "POST" && (path.split("?")[0] ?? "").endsWith("/.search"));
}
