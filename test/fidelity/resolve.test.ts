/** What is chosen of the fidelity tables, and what is refused. */

import { describe, expect, test } from "vitest";
import { readOktaFidelity, resolveEntraFidelity, resolveOktaFidelity } from "../../src/fidelity/resolve.ts";
import { entraFidelityTable, oktaFidelityTable } from "../../src/fidelity/table.ts";

describe("fidelity", () => {
  test("is the default of every row where nothing is chosen", () => {
    const defaults = Object.entries(oktaFidelityTable).map(([name, row]) => [name, row.default]);
    expect(resolveOktaFidelity()).toEqual(Object.fromEntries(defaults));
    expect(resolveEntraFidelity()).toMatchObject({ entraMembersPerPatch: 1 });
  });

  test("is what was chosen, a number as text, too", () => {
    const given = { rateLimitAttempts: "11", deletedGroupGone: "error" };
    const read = { rateLimitAttempts: 11, deletedGroupGone: "error" };
    expect(readOktaFidelity(given)).toEqual(read);
    expect(resolveOktaFidelity(given)).toEqual({ ...resolveOktaFidelity(), ...read });
  });

  test.each([
    [{ rateLimitAtempts: 11 }, 'There is no fidelity switch "rateLimitAtempts".', "rateLimitAttempts?"],
    [{ deletedGroupGone: "eror" }, 'The fidelity switch deletedGroupGone cannot be "eror".', "error?"],
    [{ rateLimitAttempts: 0 }, 'The fidelity switch rateLimitAttempts cannot be "0".', "from 1 to 100"],
    [{ rateLimitAttempts: 1.5 }, 'The fidelity switch rateLimitAttempts cannot be "1.5".', "from 1 to 100"],
    [{ constructor: "x" }, 'There is no fidelity switch "constructor".', "Known names: "],
    [{ entraMembersPerPatch: 5 }, "entraMembersPerPatch is about Microsoft Entra ID.", "docs/fidelity.md"],
  ])("refuses %o", (given, message, hint) => {
    expect(() => resolveOktaFidelity(given)).toThrow(
      expect.objectContaining({
        code: "usage",
        message: expect.stringContaining(message),
        hint: expect.stringContaining(hint),
      }),
    );
  });

  test("of Entra ID takes no switch of Okta's", () => {
    expect(() => resolveEntraFidelity({ rateLimitAttempts: 3 })).toThrow(
      "The fidelity switch rateLimitAttempts is about Okta.",
    );
  });
});

test("a name is in one table only, and every row says on what it rests", () => {
  const okta = Object.keys(oktaFidelityTable);
  expect(Object.keys(entraFidelityTable).filter((name) => okta.includes(name))).toEqual([]);
  for (const [name, row] of Object.entries({ ...oktaFidelityTable, ...entraFidelityTable })) {
    expect(name).toMatch(/^[a-z][a-zA-Z]+$/);
    expect(row.question).toMatch(/\?$/);
    expect(row.source).not.toBe("");
  }
});
