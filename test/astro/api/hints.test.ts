/** What a hint may speak of: settings of the Astro console only where the server is Astro's. */

import { describe, expect, test } from "vitest";
import { judge } from "../../../src/astro/api/judge.ts";
import { credentialsError } from "../../../src/simulation/credentials-error.ts";
import type { WireAnswer } from "../../../src/wire/exchange.ts";

const astros = "https://api.astronomer.io/scim/v2/cknaqyipv05731evsry6cj4n0";
const others = [
  "https://scim.example.com/v2",
  "http://127.0.0.1:8888/scim/v2/cknaqyipv05731evsry6cj4n0",
  "https://astronomer.io.example.com/scim/v2/o",
];

const answered = (status: number, text: string): WireAnswer => ({
  kind: "response",
  status,
  headers: {},
  text,
  json: text.startsWith("{") ? JSON.parse(text) : undefined,
});
const problem = '{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"4"}';

const answers: readonly (readonly [what: string, answer: WireAnswer])[] = [
  ["401", answered(401, problem)],
  ["403", answered(403, problem)],
  ["404", answered(404, problem)],
  ["a web page", answered(200, "<html>")],
  ["a redirection", answered(302, "")],
];

const consoleWords =
  /Organization Settings|organization's settings|Organization Owner|Organization API token|api\.astronomer\.io/;

describe.each(answers)("after %s", (_what, answer) => {
  const hintFor = (target: string): readonly string[] => {
    const request = { method: "GET", path: "/Users", headers: {} } as const;
    const probe = { failure: { reason: "r", sentence: "s" }, request, answer } as Parameters<
      typeof credentialsError
    >[0];
    const errors = [
      judge(answer, { target, request: "GET /Users" }),
      credentialsError(probe, { target, provider: "Okta" }),
    ];
    return errors.map((error) => error?.hint ?? "");
  };

  test.each(others)("no hint for %s names what only Astro has", (target) => {
    for (const hint of hintFor(target)) {
      expect(hint).not.toBe("");
      expect(hint).not.toMatch(consoleWords);
    }
  });

  test("the hint for Astro does", () => {
    expect(hintFor(astros).join("\n")).toMatch(new RegExp(`${consoleWords.source}|organization`));
  });
});
