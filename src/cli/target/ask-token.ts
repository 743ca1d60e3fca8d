/** The hidden prompt for a token. */

import type { Io } from "../../world/io.ts";
import { withPrompt } from "../keyboard.ts";
import { canAsk } from "../prompt.ts";

/**
 * Asks on the terminal; what is typed is not shown. A token that was copied from several lines of a screen is put together.
 * Undefined where there is no terminal to ask on.
 */
export function tokenPrompt(io: Io): ((question: string) => Promise<string>) | undefined {
  if (!canAsk(io)) return undefined;
  const interrupted = "Interrupted at the prompt; nothing was contacted.";
  return async (message) =>
    withPrompt(io, { interrupted, joinsLines: true }, async (prompt) => {
      const { token } = await prompt([{ type: "password", name: "token", message }]);
      return withoutSpaces(token);
    });
}

/** The space after `Bearer` stays: it is the end of the word. */
function withoutSpaces(text: string): string {
  const [bearer = ""] = /^\s*Bearer\s+/i.exec(text) ?? [];
  return bearer + text.slice(bearer.length).replaceAll(/\s+/g, "");
}
