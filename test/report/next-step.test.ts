/** The end of a report on a narrow terminal. */

import { expect, test } from "vitest";
import { nextLines } from "../../src/report/next-step.ts";

test("the sentence about the temporary Astro is broken between words, a command never", () => {
  const command = `astro-scim serve ${"long-".repeat(20)}company.yaml`;
  const lines = nextLines(
    { kind: "carry-out-and-keep", command, meanwhile: "astro-scim diff" },
    { columns: 60 },
  );
  expect(lines.slice(0, 3)).toEqual([
    "This was a temporary in-memory Astro; nothing was saved. Use",
    "--url for a real server.",
    `Next: ${command}`,
  ]);
  expect(lines.at(-1)).toMatch(/astro-scim diff$/);
});
