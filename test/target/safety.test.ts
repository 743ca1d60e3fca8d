import { describe, expect, test } from "vitest";

import type { Target } from "../../src/target/resolve-target.ts";
import { rateLimitsFor } from "../../src/target/pace.ts";
import { profileNamed } from "../support/profile-named.ts";
import {
  isLocal,
  mustAskFirst,
  refuseInventedPeople,
  refuseReadOnly,
  refuseShippedFixture,
  refuseUnnamedDirectory,
} from "../../src/target/safety.ts";

const remote = {
  kind: "remote",
  baseUrl: "https://api.astronomer.io/scim/v2/O",
  organizationId: "O",
  token: "a-token-nobody-sees",
  tokenSource: "--token",
  isLoopback: false,
  isPublicAstro: true,
  profile: undefined,
  notes: [],
} as const satisfies Target;
const loopback: Target = {
  ...remote,
  baseUrl: "http://127.0.0.1:1/scim/v2/O",
  isLoopback: true,
  isPublicAstro: false,
};
const inProcess: Target = { kind: "in-process" };
const readOnly: Target = { ...remote, profile: profileNamed("prod", { org: "O", readOnly: true }) };

test.each<[string, Target, boolean]>([
  ["the in-process Astro", inProcess, true],
  ["loopback", loopback, true],
  ["another machine", remote, false],
])("%s is local: %s", (_where, target, expected) => {
  expect(isLocal(target)).toBe(expected);
  expect(mustAskFirst(target)).toBe(!expected);
});

describe("refusals", () => {
  test.each([
    ["invented people, in-process", refuseInventedPeople(inProcess, {}), undefined],
    ["invented people, loopback", refuseInventedPeople(loopback, {}), undefined],
    ["invented people, another machine", refuseInventedPeople(remote, {}), "refused"],
    [
      "invented people, another machine, --allow-remote",
      refuseInventedPeople(remote, { allowRemote: true }),
      undefined,
    ],
    [
      "no directory named, in-process",
      refuseUnnamedDirectory(inProcess, { isNamed: false, namedBy: "from" }),
      undefined,
    ],
    [
      "no directory named, loopback",
      refuseUnnamedDirectory(loopback, { isNamed: false, namedBy: "from" }),
      "usage",
    ],
    [
      "no directory named, another machine",
      refuseUnnamedDirectory(remote, { isNamed: false, namedBy: "from" }),
      "usage",
    ],
    [
      "a directory named, another machine",
      refuseUnnamedDirectory(remote, { isNamed: true, namedBy: "from" }),
      undefined,
    ],
    ["a shipped fixture, in-process", refuseShippedFixture(inProcess, true), undefined],
    ["a shipped fixture, loopback", refuseShippedFixture(loopback, true), undefined],
    ["a shipped fixture, another machine", refuseShippedFixture(remote, true), "refused"],
    ["one's own fixture, another machine", refuseShippedFixture(remote, false), undefined],
    ["a write, in-process", refuseReadOnly(inProcess), undefined],
    ["a write, no profile", refuseReadOnly(remote), undefined],
    ["a write, a profile marked readOnly", refuseReadOnly(readOnly), "refused"],
  ])("%s", (_what, refusal, code) => {
    expect(refusal?.code).toBe(code);
    expect(JSON.stringify([refusal?.message, refusal?.hint])).not.toContain(remote.token);
  });
});

describe("the pace of requests", () => {
  const withRate: Target = { ...remote, profile: profileNamed("prod", { org: "O", rate: 3 }) };
  test.each([
    ["the in-process Astro", inProcess, 5, undefined, undefined],
    ["another server", loopback, undefined, undefined, undefined],
    ["Astro: POST 10/s (Astro docs: API best practices)", remote, undefined, "POST", 10],
    ["Astro: DELETE 5/s", remote, undefined, "DELETE", 5],
    ["Astro: GET 25/s", remote, undefined, "GET", 25],
    ["Astro: PATCH as POST", remote, undefined, "PATCH", 10],
    ["--rate", remote, 7, "GET", 7],
    ["--rate for another server", loopback, 7, "PATCH", 7],
    ["the profile's rate", withRate, undefined, "GET", 3],
    ["--rate before the profile's", withRate, 7, "GET", 7],
  ] as const)("%s", (_whose, target, rate, method, expected) => {
    const limits = rateLimitsFor(target, rate);
    const perSecond = limits.find(
      ({ methods }) => method !== undefined && methods.includes(method),
    )?.perSecond;
    expect(perSecond).toBe(expected);
    expect(limits.length === 0).toBe(expected === undefined);
  });
});
