/** What commander says of wrong usage, as we say it. */

import { printable } from "../../report/printable.ts";

/**
 * Without `error: ` and escaped, on one line but for a suggestion. Of an unknown option its name is told and not its value:
 * `--tokne=SECRET` was meant to be one that is never shown.
 */
export function usageMessage(text: string): string {
  const [, message = text, suggestion = ""] = wholeMessage.exec(text.trimEnd()) ?? [];
  const withoutValue = message.replace(/^(unknown option '[^=]*)=[^]*'$/, "$1'");
  return printable(withoutValue) + suggestion;
}

const wholeMessage = /^(?:error: )?([^]*?)(\n\(Did you mean [^\n]*\?\))?$/;
