import { expect, test } from "vitest";
import type { ImportResult } from "../../src/idp/run/import-result.ts";
import { importText } from "../../src/report/narrative/import-text.ts";

const nothing: ImportResult = { scanned: 0, added: [], updated: 0, unchanged: 0, removed: [], waiting: [] };

test.each<[result: Partial<ImportResult>, text: string]>([
  [{}, "0 users scanned"],
  [{ scanned: 3, unchanged: 2, updated: 1 }, "3 users scanned, 1 updated, 2 unchanged"],
  [{ scanned: 1, added: ["ada@example.com"] }, "1 user scanned, 1 new (ada@example.com)"],
  [{ removed: ["a", "b", "c", "d"] }, "0 users scanned, 4 removed (a, b, c, …)"],
  [
    {
      scanned: 2,
      waiting: [
        { name: "root\u0007", proposed: undefined },
        { name: "al", proposed: { name: "alan@example.com", match: "partial" } },
      ],
    },
    "2 users scanned, 2 on the Import tab (root\\u{7}: no match, al: partial match alan@example.com)",
  ],
])("%o", (result, text) => {
  expect(importText({ ...nothing, ...result }, "user")).toBe(text);
});
