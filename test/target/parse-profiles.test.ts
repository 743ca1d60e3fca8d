import { describe, expect, test } from "vitest";

import { parseProfiles } from "../../src/target/profile/parse-profiles.ts";
import type { AppError } from "../../src/ground/errors.ts";

const file = "astro-scim.yaml";

function failure(source: string): AppError {
  try {
    parseProfiles(file, source);
  } catch (error) {
    return error as AppError;
  }
  throw new Error("the file was accepted");
}

/** Everything of an error that could reach the terminal. */
function shown({ message, hint, place, cause }: AppError): string {
  return JSON.stringify({ message, hint, place, cause: String(cause) });
}

describe("a file of profiles", () => {
  test("every setting", () => {
    const profiles = parseProfiles(
      file,
      `
profiles:
  prod:
    org: clmaxoarx000008l2c5ayb9pt
    domain: astronomer.io
    tokenEnv: PROD_TOKEN
    from: company.yaml
    readOnly: true
    protect: [root@example.com]
    rate: 5
    concurrency: 2
    timeout: 30
    ca: ca.pem
    maxDeletions: 0
    maxRemovals: 12
    maxRenames: 5%
  local:
    url: http://127.0.0.1:8888/scim/v2/O
`,
    );
    expect(profiles).toEqual({
      prod: {
        org: "clmaxoarx000008l2c5ayb9pt",
        domain: "astronomer.io",
        tokenEnv: "PROD_TOKEN",
        from: "company.yaml",
        readOnly: true,
        protect: ["root@example.com"],
        rate: 5,
        concurrency: 2,
        timeout: 30,
        ca: "ca.pem",
        maxDeletions: { kind: "count", count: 0 },
        maxRemovals: { kind: "count", count: 12 },
        maxRenames: { kind: "share", percent: 5 },
      },
      local: { url: "http://127.0.0.1:8888/scim/v2/O" },
    });
  });

  test.each([
    [
      "an unknown key, with the nearest one",
      "profiles:\n  prod:\n    org: o\n    readonyl: true",
      4,
      5,
      'Unknown key "readonyl".',
      'Did you mean "readOnly"?',
    ],
    [
      "an unknown key at the top",
      "profiles: {}\nprofile: {}",
      2,
      1,
      'Unknown key "profile".',
      'Did you mean "profiles"?',
    ],
    [
      "a wrong value",
      "profiles:\n  prod:\n    org: o\n    readOnly: maybe",
      4,
      15,
      '"readOnly" must be true or false.',
      undefined,
    ],
    [
      "a number out of range",
      "profiles:\n  prod:\n    org: o\n    rate: 0",
      4,
      11,
      '"rate" must be at least 1.',
      undefined,
    ],
    [
      "a number where text belongs",
      "profiles:\n  prod:\n    org: 123",
      3,
      10,
      '"org" must be text; put it in quotes.',
      undefined,
    ],
    [
      "a profile without a target",
      "profiles:\n  prod:\n    readOnly: true",
      2,
      3,
      'Profile "prod" has no target.',
      "Add either url or org.",
    ],
    [
      "a profile with two",
      "profiles:\n  prod:\n    org: o\n    url: https://h",
      2,
      3,
      'Profile "prod" has two targets.',
      "Keep either url or org.",
    ],
    [
      "a domain beside a URL",
      "profiles:\n  prod:\n    url: https://h\n    domain: d.io",
      4,
      5,
      '"domain" works with org, not with url.',
      undefined,
    ],
    [
      "a token",
      "profiles:\n  prod:\n    org: o\n    token: x",
      4,
      5,
      '"token" is not allowed here.',
      expect.stringContaining("tokenEnv"),
    ],
    ["what is not YAML", "profiles:\n  prod: [", 2, 9, "This is not valid YAML.", undefined],
    ["an empty profile", "profiles:\n  prod:", 2, 8, '"prod" has the wrong format.', undefined],
  ])("%s", (_what, source, line, column, message, hint) => {
    expect(failure(source)).toMatchObject({
      code: "invalid-file",
      message,
      place: { file, line, column },
    });
    expect(failure(source).hint).toEqual(hint);
  });

  test("no profiles at all", () => {
    expect(failure("{}")).toMatchObject({ code: "invalid-file", place: { line: 1 } });
  });

  test("the line is shown where it is harmless, else its key alone", () => {
    expect(failure("profiles:\n  prod:\n    org: o\n    rate: 0").place?.text).toBe("    rate: 0");
    expect(failure("profiles:\n  prod:\n    org: o\n    rat: 0").place?.text).toBe("    rat: …");
  });

  test("several mistakes are told together, each with its line", () => {
    const { message } = failure("profiles:\n  prod:\n    org: o\n    rate: 0\n    timout: 3");
    expect(message).toContain("astro-scim.yaml:4:11");
    expect(message).toContain("astro-scim.yaml:5:5");
  });
});

describe("a secret that somebody put into the file is not shown", () => {
  const jwt = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.c2lnbmF0dXJl";
  test.each([
    ["under token", `profiles:\n  prod:\n    org: o\n    token: ${jwt}`],
    ["a short one under token", "profiles:\n  prod:\n    org: o\n    token: hunter2"],
    ["under a mistyped key", `profiles:\n  prod:\n    org: o\n    tokne: ${jwt}`],
    ["under another name for one", "profiles:\n  prod:\n    org: o\n    apiSecret: hunter2"],
    ["instead of a variable's name", `profiles:\n  prod:\n    org: o\n    tokenEnv: ${jwt}`],
    ["a short one instead of a variable's name", "profiles:\n  prod:\n    org: o\n    tokenEnv: hunter-2"],
    ["in one line with everything else", "profiles: { prod: { org: o, tokn: hunter2 } }"],
    [
      "in a URL",
      "profiles:\n  prod:\n    url: https://user:hunter2@h.example\n    url2: https://user:hunter2@h.example",
    ],
    ["in a file that is not YAML", `profiles:\n  prod:\n    token: "${jwt}" "hunter2"`],
    ["beside another mistake", "profiles:\n  prod:\n    org: o\n    rate: 0\n    password: hunter2"],
  ])("%s", (_where, source) => {
    const text = shown(failure(source));
    expect(text).not.toContain("hunter");
    expect(text).not.toContain(jwt.slice(0, 12));
  });
});
