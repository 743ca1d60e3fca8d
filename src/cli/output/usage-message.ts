/** Commander's messages about wrong usage, in our words. */

import { printable } from "../../ground/printable.ts";

/**
 * Without `error: ` and escaped, on one line, plus a suggestion. An unknown option is shown without its value:
 * `--tokne=SECRET` was meant to be one that is never shown.
 */
export function usageMessage(text: string): string {
  const [, message = text, suggestion = ""] = wholeMessage.exec(text.trimEnd()) ?? [];
  const withoutValue = message.replace(/^(unknown option '[^=]*)=[^]*'$/, "$1'");
  return printable(withoutValue) + suggestion;
}

const wholeMessage = /^(?:error: )?([^]*?)(\n\(Did you mean [^\n]*\?\))?$/;
