/** What commander says, made fit to be shown. */

import { expect, test } from "vitest";
import { usageMessage } from "../../../src/cli/output/usage-message.ts";

test.each([
  ["error: unknown option '--tokne=SECRET'", "unknown option '--tokne'"],
  ["error: unknown option '--x=a'b=c\nd'\n(Did you mean --y?)", "unknown option '--x'\n(Did you mean --y?)"],
  ["error: unknown option '--x\nError: forged'", String.raw`unknown option '--x\u{a}Error: forged'`],
  ["error: unknown command 'dif'\n(Did you mean diff?)\n", "unknown command 'dif'\n(Did you mean diff?)"],
  ["error: too many arguments", "too many arguments"],
])("%j", (text, shown) => {
  expect(usageMessage(text)).toBe(shown);
});
