/** docs/emulation.md is what the behaviour table says. */

import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { behaviourSections } from "../../src/astro/behaviour/table.ts";

interface Scripts {
  readonly emulationPage: (sections: typeof behaviourSections) => string;
}

// A path that TypeScript does not follow: the script has no types.
const script: string = new URL("../../scripts/emulation-page.mjs", import.meta.url).href;

test("the committed page is made from the table: node scripts/write-emulation.mjs", async () => {
  const { emulationPage } = (await import(script)) as Scripts;
  const page = await readFile(new URL("../../docs/emulation.md", import.meta.url), "utf8");
  expect(page).toBe(emulationPage(behaviourSections));
});
