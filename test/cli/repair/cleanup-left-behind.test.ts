/** What `--cleanup` cannot know that the run created: it is said to be there, and nothing of others is deleted. */

import { describe, expect, test } from "vitest";
import { noteCreated } from "../../../src/cli/repair/created-resources.ts";
import { runCommand } from "../../support/run-command.ts";
import { tempFolder } from "../../support/temp-folder.ts";
import { startWatchedAstro, type PassedAnswer } from "../../support/watched-astro.ts";

const fixture = `idp: okta
organization: cknaqyipv05731evsry6cj4n0
users: [{ email: new@example.com, firstName: N, lastName: X, id: 00u-new }]
groups: [{ name: data, push: true, members: [new@example.com] }]
`;

const badGateway: PassedAnswer = { status: 502, headers: {}, body: "bad gateway" };

describe("what appeared while the run went on, and whose creation no answer confirmed, is listed and stays", () => {
  test.each([
    { answered: "by a gateway", answer: badGateway },
    { answered: "201 without an id", answer: { status: 201, headers: {}, body: "{}" } },
  ])("$answered", async ({ answer }) => {
    const astro = await startWatchedAstro({
      fixture,
      after: ({ method, path }) => (method === "POST" && path === "/Users" ? answer : undefined),
    });
    const cwd = await tempFolder({ "own.yaml": fixture });
    const words = ["simulate", "okta", "own.yaml", "--cleanup", ...astro.target];
    const { status, stderr } = await runCommand(words, { cwd });
    expect((await astro.state()).users).toEqual(["new@example.com"]);
    expect(stderr).toContain(
      "new@example.com (it appeared during the run, but no answer shows that the run created it)",
    );
    expect(status).not.toBe(0);
  });
});

describe("of the operations of a Bulk request, those that created something (RFC 7644 §3.7.3)", () => {
  test.each([
    { status: "201", noted: ["7"] },
    { status: 201, noted: ["7"] },
    { status: { code: "201" }, noted: ["7"] },
    { status: "409", noted: [] },
    { status: 500, noted: [] },
    { status: undefined, noted: ["7"] },
  ])("status $status: $noted", async ({ status, noted }) => {
    const location = "https://h/scim/v2/Users/7";
    const json = JSON.parse(JSON.stringify({ Operations: [{ method: "POST", location, status }] }));
    const created = noteCreated(
      async () =>
        ({
          kind: "response",
          status: 200,
          headers: {},
          json,
          text: "",
          durationMs: 0,
          attempts: 1,
        }) as never,
    );
    await created.send({ method: "POST", path: "/Bulk", headers: {} });
    expect([...created.ids().users]).toEqual(noted);
  });
});
