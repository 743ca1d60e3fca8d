/** The account of one request: what it may spend, and how it is told that it may not. */

import { describe, expect, test } from "vitest";
import { ScimError } from "../../src/scim/error.ts";
import { parseFilter } from "../../src/scim/filter/parse.ts";
import { lenient } from "../../src/scim/leniency.ts";
import {
  comparisonsOf,
  costOfPath,
  weightOfValues,
  Work,
  workLimits,
  workOfList,
} from "../../src/scim/work.ts";

function refusalOf(spend: () => void): Pick<ScimError, "status" | "scimType"> | undefined {
  try {
    spend();
    return undefined;
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
    return { status: error.status, scimType: error.scimType };
  }
}

function times(count: number, act: () => void): void {
  for (let time = 0; time < count; time += 1) act();
}

describe("edits", () => {
  test("may spend all that there is, and not one comparison more: 413", () => {
    const work = new Work();
    for (let part = 0; part < 5; part += 1) work.spend(workLimits.edits / 5);
    expect(refusalOf(() => work.spend(1))).toEqual({ status: 413, scimType: undefined });
  });

  test("of one request are nothing to another one", () => {
    new Work().spend(workLimits.edits);
    expect(refusalOf(() => new Work().spend(workLimits.edits))).toBeUndefined();
  });
});

describe("a list", () => {
  const tooMany = { status: 400, scimType: "tooMany" };

  test("may spend so much on one resource, and no more: tooMany", () => {
    expect(refusalOf(() => new Work(workOfList).spend(workLimits.resource))).toBeUndefined();
    expect(refusalOf(() => new Work(workOfList).spend(workLimits.resource + 1))).toEqual(tooMany);
  });

  test("may spend so much on all of them, and no more: tooMany", () => {
    const work = new Work(workOfList);
    for (let spent = 0; spent < workLimits.list; spent += workLimits.resource)
      work.spend(workLimits.resource);
    expect(refusalOf(() => work.spend(1))).toEqual(tooMany);
  });

  test("may look at a million users for one condition", () => {
    const work = new Work(workOfList);
    expect(refusalOf(() => times(1_000_000, () => work.spend(30)))).toBeUndefined();
  });
});

describe("what is counted", () => {
  test.each([
    ['value eq "a"', 2],
    ['value eq "a" or value eq "b" and not (value eq "c")', 4],
    ['emails[type eq "work" and value co "x"]', 3],
    ["title pr", 2],
  ])("%s: %i comparisons", (filter, comparisons) => {
    expect(comparisonsOf(parseFilter(filter, lenient))).toBe(comparisons);
  });

  test("long texts count more than short ones, wherever they stand", () => {
    const long = "x".repeat(2_560);
    expect(weightOfValues(["a", { value: "a" }, true])).toBe(3);
    expect(weightOfValues([long])).toBe(11);
    expect(weightOfValues([{ value: long, type: "work" }])).toBe(11);
  });

  test("so do long paths", () => {
    expect(costOfPath("x".repeat(4_000))).toBeGreaterThan(100 * costOfPath(""));
  });
});
