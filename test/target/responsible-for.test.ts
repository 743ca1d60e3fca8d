/** `responsibleFor` as it is written: the same rules in a profile, in a fixture and in a program. */

import { describe, expect, test } from "vitest";
import { AppError } from "../../src/ground/errors.ts";
import { readFixture } from "../../src/fixture/read.ts";
import { parseProfiles } from "../../src/target/profile/parse-profiles.ts";
import { responsibleForOption } from "../../src/target/responsible-for-option.ts";
import { complaint } from "../support/fixture-complaint.ts";

const inFixture = (written: string) => `idp: okta\nresponsibleFor: ${written}\n`;
const inProfile = (written: string) => `profiles:\n  prod:\n    org: o\n    responsibleFor: ${written}\n`;

function failure(run: () => unknown): AppError {
  try {
    run();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error("it was accepted");
}

describe("what is right is read", () => {
  const written = '{ domains: [example.com, "*.example.com", bücher.example], teams: ["data-*", "?"] }';
  const stated = { domains: ["example.com", "*.example.com", "bücher.example"], teams: ["data-*", "?"] };

  test("in a fixture, which is named as its author", () => {
    expect(readFixture("own.yaml", inFixture(written)).responsibleFor).toEqual([
      { ...stated, statedBy: "fixture own.yaml" },
    ]);
    expect(readFixture("own.yaml", "idp: entra\n")).not.toHaveProperty("responsibleFor");
    expect(
      readFixture("own.yaml", `idp: entra\nresponsibleFor: { teams: [x] }\n`).responsibleFor,
    ).toHaveLength(1);
  });

  test("in a profile", () => {
    expect(parseProfiles("astro-scim.yaml", inProfile(written))["prod"]).toHaveProperty(
      "responsibleFor",
      stated,
    );
  });

  test("in a program", () => {
    expect(responsibleForOption(stated)).toEqual([{ ...stated, statedBy: "the option responsibleFor" }]);
    expect(responsibleForOption(undefined)).toEqual([]);
  });
});

const both = "must have the key domains, teams or both";
const nothing = (what: string) => `is empty, so everything would be outside: add ${what}, or remove the key`;

describe("a mistake is told", () => {
  test.each<{ mistake: string; yaml: string; given: unknown; says: string; of: string }>([
    { mistake: "no key", yaml: "{}", given: {}, of: "responsibleFor", says: both },
    {
      mistake: "no domain",
      yaml: "{ domains: [] }",
      given: { domains: [] },
      of: "domains",
      says: nothing("domains"),
    },
    {
      mistake: "no Team",
      yaml: "{ teams: [] }",
      given: { teams: [] },
      of: "teams",
      says: nothing("Team names"),
    },
    {
      mistake: "an address",
      yaml: "{ domains: [jo@example.com] }",
      given: { domains: ["jo@example.com"] },
      of: "domains",
      says: "is an e-mail address: write only the domain, after the @",
    },
    {
      mistake: "a star alone",
      yaml: '{ domains: ["*"] }',
      given: { domains: ["*"] },
      of: "domains",
      says: "cannot be * alone: remove domains to include every account",
    },
    {
      mistake: "a star within",
      yaml: '{ domains: ["*example.com"] }',
      given: { domains: ["*example.com"] },
      of: "domains",
      says: "is not a domain: * is allowed only for subdomains, as in *.example.com",
    },
    {
      mistake: "no domain's name",
      yaml: '{ domains: ["https://example.com"] }',
      given: { domains: ["https://example.com"] },
      of: "domains",
      says: "is not a domain, such as example.com or *.example.com",
    },
    {
      mistake: "an empty name",
      yaml: '{ teams: [" "] }',
      given: { teams: [" "] },
      of: "teams",
      says: "is empty",
    },
  ])("$mistake", ({ yaml, given, says, of }) => {
    const [told = ""] = complaint(inFixture(yaml)) ?? [];
    expect(told).toContain(says);
    expect(told).toContain(`"${of}"`);
    const inFile = failure(() => parseProfiles("astro-scim.yaml", inProfile(yaml)));
    expect(inFile).toMatchObject({ code: "invalid-file", place: { line: 4 } });
    expect(inFile.message).toContain(says);
    expect(inFile.message).toContain(`"${of}"`);
    const option = failure(() => responsibleForOption(given));
    expect(option).toMatchObject({ code: "usage" });
    expect(option.message).toContain(says);
    expect(option.message).toContain(of);
  });

  test.each([
    ["a list", "[example.com]", '"responsibleFor" must'],
    ["one domain without its list", "{ domains: example.com }", '"domains" must be a list'],
    ["nothing", "", '"responsibleFor" must'],
    ["a number among the names", "{ teams: [1] }", '"teams" must be'],
  ])("%s, in both files", (_, yaml, says) => {
    const [told = ""] = complaint(inFixture(yaml)) ?? [];
    expect(told).toContain(says);
    const inFile = failure(() => parseProfiles("astro-scim.yaml", inProfile(yaml)));
    expect(inFile.message).toContain(says);
  });

  test("a key with a typing error is told once, with the key that is meant", () => {
    const yaml = "{ domian: [example.com] }";
    const told = ['Unknown key "domian".', 'Did you mean "domains"?'];
    const inFixtures = complaint(inFixture(yaml)) ?? [];
    expect([inFixtures.at(0), inFixtures.at(-1)]).toEqual(told);
    const { message, hint } = failure(() => parseProfiles("astro-scim.yaml", inProfile(yaml)));
    expect([message, hint]).toEqual(told);
  });

  test("an unknown key of a program", () => {
    expect(failure(() => responsibleForOption({ domain: ["x"] })).message).toBe(
      "responsibleFor has unknown keys: domain.",
    );
    expect(failure(() => responsibleForOption("example.com")).message).toBe(`responsibleFor ${both}.`);
  });
});
