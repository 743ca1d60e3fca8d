/** Whole outputs, kept as files below test/golden/: what a change changes is seen in their diff. */

import { existsSync } from "node:fs";
import { expect } from "vitest";

/**
 * Compares a text with its file, `help/diff.txt`. A file that is not there is written where somebody works, and is a
 * failure in CI: what is written there nobody has looked at.
 */
export async function expectGolden(text: string, name: string): Promise<void> {
  const file = new URL(`../golden/${name}`, import.meta.url).pathname;
  const isMissingInCi = process.env["CI"] !== undefined && !existsSync(file);
  expect({ name, isMissingInCi }).toEqual({ name, isMissingInCi: false });
  await expect(text).toMatchFileSnapshot(file);
}
