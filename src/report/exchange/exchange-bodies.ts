/** The bodies of an exchange, for whoever watches a server or a client. */

import type { ChalkInstance } from "chalk";
import type { Exchange } from "../../wire/exchange.ts";
import { printable } from "../../ground/printable.ts";

/** One line for each body that there is, `>` before what was sent and `<` before what was answered; JSON as it is. */
export function exchangeBodies({ request, answer }: Exchange<string>, paint: ChalkInstance): string {
  const sent = request.body === undefined ? "" : JSON.stringify(request.body);
  const received = answer.kind === "response" ? answer.text : "";
  return line(">", sent, paint) + line("<", received, paint);
}

function line(mark: string, text: string, paint: ChalkInstance): string {
  return text === "" ? "" : `  ${paint.dim(mark)} ${printable(text)}\n`;
}
