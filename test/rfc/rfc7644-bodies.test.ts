/** Every example of a request body in RFC 7644 §3.3, §3.5.1 and §3.5.2, and what the text says beside them. */

import { expect, test } from "vitest";
import { readExchanges, resourceAfter } from "../support/exchange.ts";

const examples = readExchanges(new URL("7644-bodies/", import.meta.url));

test.each(examples)("$source: $title ($file)", (example) => {
  expect(resourceAfter(example)).toEqual(example.after);
});
