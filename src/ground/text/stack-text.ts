/** A stack trace as text for people. */

import { printable } from "./printable.ts";

/**
 * The stack trace of an error, escaped. A stack begins with the message, which may quote a server: its line breaks are
 * escaped too, so that no line of it passes for one of ours.
 */
export function stackText(error: unknown): string {
  if (!(error instanceof Error)) return printable(String(error));
  const { message, stack = `${error.name}: ${message}` } = error;
  const messageAt = message === "" ? -1 : stack.indexOf(message);
  if (messageAt === -1) return printable(stack, "keep line breaks");
  const head = stack.slice(0, messageAt) + message;
  return printable(head) + printable(stack.slice(head.length), "keep line breaks");
}
