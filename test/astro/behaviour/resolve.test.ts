/** From choices to one answer for every row. */

import { describe, expect, test } from "vitest";
import { resolveBehaviour } from "../../../src/astro/behaviour/resolve.ts";
import { behaviourSections, behaviourTable } from "../../../src/astro/behaviour/table.ts";
import { AppError } from "../../../src/ground/errors.ts";
import { lenient } from "../../../src/scim/leniency.ts";

describe("the readings", () => {
  test("the default is what the protocol core calls lenient", () => {
    expect(resolveBehaviour({})).toMatchObject(lenient);
  });

  test("a single answer counts more than strict", () => {
    const strict = resolveBehaviour({ strict: true });
    const behaviour = resolveBehaviour({ strict: true, behaviour: { textBooleans: "accept" } });
    expect(behaviour).toEqual({ ...strict, textBooleans: "accept" });
  });

  test("every row is under one heading, and no row twice", () => {
    const names = Object.values(behaviourSections).flatMap((rows) => Object.keys(rows));
    expect(names.toSorted()).toEqual(Object.keys(behaviourTable).toSorted());
  });
});

describe("a choice that no row has is a mistake of usage", () => {
  const mistake = (behaviour: object): AppError => {
    try {
      resolveBehaviour({ behaviour });
    } catch (error) {
      if (error instanceof AppError) return error;
    }
    throw new Error("nothing was wrong");
  };

  test.each([
    [
      "a name, with the nearest",
      { textBoolean: "accept" },
      'There is no behaviour "textBoolean".',
      "Did you mean textBooleans?",
    ],
    [
      "a name that is like none",
      { xyzzy: 1 },
      'There is no behaviour "xyzzy".',
      /^Known names: scimIntegration, /,
    ],
    [
      "a name of the language",
      { constructor: "accept" },
      'There is no behaviour "constructor".',
      /^Known names: /,
    ],
    [
      "a value, with the nearest",
      { existingUser: "conflikt" },
      'The behaviour existingUser cannot be "conflikt".',
      "Did you mean conflict? It must be one of conflict, adopt, adopt-inactive.",
    ],
    [
      "a value of another type",
      { textBooleans: true },
      'The behaviour textBooleans cannot be "true".',
      "It must be one of accept, refuse.",
    ],
    [
      "a number that is too large",
      { defaultCount: 1001 },
      'The behaviour defaultCount cannot be "1001".',
      "It must be a whole number from 1 to 1000.",
    ],
    [
      "a text that is no number",
      { defaultCount: "1e2" },
      'The behaviour defaultCount cannot be "1e2".',
      "It must be a whole number from 1 to 1000.",
    ],
  ])("%s", (_what, behaviour, message, hint) => {
    const error = mistake(behaviour);
    expect(error.code).toBe("usage");
    expect(error.message).toBe(message);
    expect(error.hint).toMatch(hint);
  });

  test("digits are a number, as a command line has them", () => {
    const behaviour: object = { defaultCount: "20" };
    expect(resolveBehaviour({ behaviour }).defaultCount).toBe(20);
  });
});
