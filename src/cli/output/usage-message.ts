/** Commander's messages about wrong usage, in our words. */

import { nearestName } from "../../ground/text/nearest-name.ts";
import { printable } from "../../ground/text/printable.ts";

/**
 * Without `error: ` and escaped, on one line, plus a suggestion. An unknown option is shown without its value:
 * `--tokne=SECRET` was meant to be one that is never shown.
 */
export function usageMessage(text: string): string {
  const [, message = text, suggestion = ""] = wholeMessage.exec(text.trimEnd()) ?? [];
  const withoutValue = message.replace(/^(unknown option '[^=]*)=[^]*'$/, "$1'");
  return printable(withoutValue) + (suggestion === "" ? nearestChoice(withoutValue) : suggestion);
}

/** Commander suggests the names of commands and options, not those of choices. */
function nearestChoice(message: string): string {
  const { name = "", choices = "" } = refusedChoice.exec(message)?.groups ?? {};
  const nearest = nearestName(name, choices === "" ? [] : choices.split(", "));
  return nearest === undefined ? "" : `\n(Did you mean ${nearest}?)`;
}

const refusedChoice = /argument value '(?<name>[^']*)' is invalid[^]*Allowed choices are (?<choices>[^]*)\.$/;

const wholeMessage = /^(?:error: )?([^]*?)(\n\(Did you mean [^\n]*\?\))?$/;
