/** `simulate okta` against servers that Okta gets along with and that are broken all the same. */

import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/ground/json.ts";
import { json, list } from "../support/conversation.ts";
import { simulationShape } from "../support/json-shapes.ts";
import { runCommand } from "../support/run-command.ts";
import { serverWithHabit, type Habit } from "../support/server-with-habit.ts";
import { tempFolder } from "../support/temp-folder.ts";

const fixture = `
idp: okta
users:
  - { email: anna@example.com, firstName: Anna, lastName: A, displayName: Anna A }
  - { email: bob@example.com, firstName: Bob, lastName: B, displayName: Bob B }
groups:
  - { name: data, members: [anna@example.com, bob@example.com], push: true }
timeline:
  - name: Bob leaves
    do: [{ unassign: bob@example.com }]
    expect: { users: { bob@example.com: { active: false } } }
`;

async function simulate(habit: Habit, ...words: readonly string[]) {
  const cwd = await tempFolder({ "two.yaml": fixture });
  return runCommand(["simulate", "okta", "two.yaml", ...words, ...(await serverWithHabit(habit))], { cwd });
}

/** Answers each look-up with everybody it has, in its order. */
function ignoringFilters(): Habit {
  const held = new Map<string, JsonObject>();
  return ({ method, path, body = {} }, answer) => {
    if (method === "POST" && path === "/Users") {
      const { id } = answer.json as { readonly id: string };
      held.set(id, { ...body, id });
    }
    return method === "GET" && path.startsWith("/Users?") ? list(...held.values()) : answer;
  };
}

describe("a server that ignores filters", () => {
  const what = "a lookup returns another resource, which is used instead and overwritten";
  const sentence = 'asked for "bob@example.com", got "anna@example.com"';

  test("is told as it happens, and at the end how often; the wrong resource that was used fails the rehearsal", async () => {
    const { status, stdout } = await simulate(ignoringFilters());
    expect(stdout).toContain(`  ! user bob@example.com: ${what} (${sentence})\n`);
    expect(stdout).toMatch(/^What Okta does not notice$/m);
    expect(stdout).toContain(
      `  ✗ ${what}\n      user bob@example.com, GET /Users?filter=userName eq "bob@example.com"&startIndex=1&count=100: ${sentence}\n`,
    );
    expect(status).toBe(1);
  });

  test("is in the JSON", async () => {
    const { stdout } = await simulate(ignoringFilters(), "--json");
    const { observations } = simulationShape.parse(JSON.parse(stdout));
    expect(observations[0]).toEqual({
      code: "filter-ignored",
      harmful: true,
      fails: true,
      subject: { kind: "user", name: "bob@example.com" },
      request: "GET /Users?filter=userName%20eq%20%22bob%40example.com%22&startIndex=1&count=100",
      sentence: `${what}: ${sentence}`,
    });
  });
});

describe("what is observed changes neither what Okta does nor the exit status", () => {
  const creating200: Habit = ({ method }, answer) =>
    method === "POST" ? { ...answer, status: 200 } : answer;

  test("a creation answered 200: the rehearsal went as expected, and it is told once, with a count", async () => {
    const { status, stdout } = await simulate(creating200);
    expect(stdout).toContain("\nThe rehearsal went as expected.\n");
    expect(stdout.match(/a creation is not answered with 201/g)).toHaveLength(2);
    expect(stdout).toContain(
      "  ! a creation is not answered with 201 (3 times)\n      user anna@example.com, POST /Users: answered 200\n",
    );
    expect(status).toBe(0);
  });

  test("a server without a fault has no such section", async () => {
    const { stdout } = await simulate((_request, answer) => answer);
    expect(stdout).not.toContain("does not notice");
  });
});

test("a deactivation that is answered and not done", async () => {
  const deaf: Habit = ({ method, path, body = {} }, answer) =>
    method === "PUT" && path.startsWith("/Users/") && body["active"] === false
      ? json(200, { ...body, active: true })
      : answer;
  const { stdout } = await simulate(deaf, "--json");
  const { observations } = simulationShape.parse(JSON.parse(stdout));
  expect(observations.map(({ code, sentence }) => [code, sentence])).toEqual([
    ["value-not-stored", "active is answered with another value than was sent: sent false, got true"],
  ]);
});

test("what a hostile server says cannot move the cursor", async () => {
  const hostile: Habit = ({ method }, answer) =>
    method === "POST" ? json(201, { ...(answer.json as JsonObject), displayName: "\u001B[2J" }) : answer;
  const { stdout, stderr } = await simulate(hostile);
  expect(stdout).toContain("displayName is answered with another value");
  expect(stdout + stderr).not.toContain("\u001B");
});
