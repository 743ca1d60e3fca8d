/** Every PATCH example of RFC 7644 §3.5.2, and what its text says beside them. */

import { expect, test } from "vitest";
import { readExchanges, resourceAfter } from "../support/exchange.ts";

const examples = readExchanges(new URL("7644-3.5.2/", import.meta.url));

test.each(examples)("$source: $title ($file)", (example) => {
  expect(resourceAfter(example)).toEqual(example.after);
});
