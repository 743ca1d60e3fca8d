/** docs/fidelity.md is what the fidelity tables say. */

import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { fidelitySections } from "../../src/fidelity/table.ts";

interface Scripts {
  readonly fidelityPage: (sections: typeof fidelitySections) => string;
}

// A path that TypeScript does not follow: the script has no types.
const script: string = new URL("../../scripts/fidelity-page.mjs", import.meta.url).href;

test("the committed page is made from the tables: node scripts/write-fidelity.mjs", async () => {
  const { fidelityPage } = (await import(script)) as Scripts;
  const page = await readFile(new URL("../../docs/fidelity.md", import.meta.url), "utf8");
  expect(page).toBe(fidelityPage(fidelitySections));
});
