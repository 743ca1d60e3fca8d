/** Answers that do harm fail a rehearsal, those that do none never do, and a fixture lets one through by expecting it. */

import { describe, expect, test } from "vitest";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../src/ground/json.ts";
import { json, list } from "../support/conversation.ts";
import { simulationShape } from "../support/json-shapes.ts";
import { runCommand } from "../support/run-command.ts";
import { serverWithHabit, type Habit } from "../support/server-with-habit.ts";
import { tempFolder } from "../support/temp-folder.ts";

/** The provisioned users and their Team; nothing differs at the end, so that only observations can fail it. */
const okta = (more = "", step = ""): string => `idp: okta
users:
  - { email: anna@example.com, firstName: Anna, lastName: A, displayName: Anna A }
  - { email: bob@example.com, firstName: Bob, lastName: B, displayName: Bob B }
groups:
  - { name: data, members: [anna@example.com, bob@example.com], push: true }
timeline:
  - name: Bob marries
    do: [{ update: { user: bob@example.com, set: { lastName: C } } }]
    expect: { users: { bob@example.com: { active: true } }${step} }
${more}`;

async function simulate(habit: Habit, text: string, ...words: readonly string[]) {
  const cwd = await tempFolder({ "two.yaml": text });
  const provider = text.startsWith("idp: okta") ? "okta" : "entra";
  return runCommand(["simulate", provider, "two.yaml", ...words, ...(await serverWithHabit(habit))], { cwd });
}

async function reported(habit: Habit, text: string) {
  const { stdout, status } = await simulate(habit, text, "--json");
  return { exit: status, ...simulationShape.parse(JSON.parse(stdout)) };
}

const isWrite = (method: string): boolean => method === "PUT" || method === "PATCH";
const bodyOf = ({ json: body }: { readonly json: JsonValue | undefined }): JsonObject =>
  isJsonObject(body) ? body : {};

/** Of the answers to writes of users, with something else in them; what is stored is right. */
const changed = (change: (body: JsonObject) => JsonObject): Habit => {
  return ({ method, path }, answer) =>
    isWrite(method) && path.startsWith("/Users/") ? json(200, change(bodyOf(answer))) : answer;
};

const otherId = changed((body) => ({ ...body, id: "other" }));
const noId = changed((body) => Object.fromEntries(Object.entries(body).filter(([key]) => key !== "id")));
const otherUserName = changed((body) => ({ ...body, userName: "x@example.com" }));
const notActive = changed((body) => ({ ...body, active: false }));
const otherDisplayName = changed((body) => ({ ...body, displayName: "X" }));
const noMembers: Habit = ({ method, path }, answer) =>
  method !== "GET" && path.startsWith("/Groups")
    ? json(answer.status, { ...bodyOf(answer), members: [] })
    : answer;
const created200: Habit = ({ method }, answer) => (method === "POST" ? { ...answer, status: 200 } : answer);
const html: Habit = (_request, answer) => ({ ...answer, headers: { "content-type": "text/html" } });
const passwords = changed((body) => ({ ...body, password: "x" }));
const wrongCounters: Habit = (_request, answer) =>
  isJsonArray(bodyOf(answer)["Resources"]) ? json(200, { ...bodyOf(answer), itemsPerPage: 77 }) : answer;

describe("what does harm fails the rehearsal, although nothing differs at the end", () => {
  test.each<[code: string, habit: Habit]>([
    ["other-id", otherId],
    ["no-id", noId],
    ["value-not-stored", otherUserName],
    ["value-not-stored", notActive],
    ["members-not-stored", noMembers],
  ])("%s", async (code, habit) => {
    const { exit, status, observations, comparison } = await reported(habit, okta());
    expect(comparison).toMatchObject({ status: "compared", drift: { status: "same" } });
    expect({ exit, status }).toEqual({ exit: 1, status: "failed" });
    expect(observations.filter(({ fails }) => fails).map((one) => one.code)).toContain(code);
  });
});

describe("nothing else that is observed fails it", () => {
  test.each<[code: string, habit: Habit]>([
    ["value-not-stored", otherDisplayName],
    ["created-without-201", created200],
    ["media-type", html],
    ["password-returned", passwords],
    ["counter-is-wrong", wrongCounters],
  ])("%s", async (code, habit) => {
    const { exit, status, observations } = await reported(habit, okta());
    expect(observations.map((one) => one.code)).toContain(code);
    expect(observations.filter(({ harmful, fails }) => harmful || fails)).toEqual([]);
    expect({ exit, status }).toEqual({ exit: 0, status: "ok" });
  });
});

describe("a fixture lets a harmful answer through by expecting it", () => {
  test("in the step in which it occurs", async () => {
    const { exit, observations } = await reported(otherId, okta("", ", observations: [other-id]"));
    expect(observations).toMatchObject([{ code: "other-id", harmful: true, fails: false }]);
    expect(exit).toBe(0);
  });

  test("in the file as a whole, for the first provisioning, too", async () => {
    const first = okta("expect: { observations: [members-not-stored] }\n");
    expect(await reported(noMembers, first)).toMatchObject({ exit: 0, unmet: [] });
  });

  test("what a step expects does not hold for the first provisioning", async () => {
    const { exit, observations } = await reported(
      noMembers,
      okta("", ", observations: [members-not-stored]"),
    );
    expect(observations.length).toBeGreaterThan(0);
    expect(observations.filter(({ fails }) => !fails)).toEqual([]);
    expect(exit).toBe(1);
  });

  test("another code lets nothing through", async () => {
    const { exit, steps } = await reported(otherId, okta("", ", observations: [other-id, no-id]"));
    expect(exit).toBe(1);
    expect(steps[0]?.unmet).toEqual([
      { kind: "observation", name: "no-id", what: "observed", expected: true, got: { codes: ["other-id"] } },
    ]);
  });

  test("one that is expected of the whole and does not occur is not met", async () => {
    const { exit, unmet } = await reported(
      otherId,
      okta("expect: { observations: [other-id, media-type] }\n"),
    );
    expect(exit).toBe(1);
    expect(unmet).toMatchObject([{ kind: "observation", name: "media-type", got: { codes: ["other-id"] } }]);
  });

  test("what was observed in an earlier session counts for the whole", async () => {
    const cwd = await tempFolder({ "two.yaml": okta("expect: { observations: [members-not-stored] }\n") });
    const target = await serverWithHabit(noMembers);
    const run = () => runCommand(["simulate", "okta", "two.yaml", "--state", "s.json", ...target], { cwd });
    expect(await run()).toMatchObject({ status: 0 });
    expect(await run()).toMatchObject({ status: 0 });
  });
});

describe("each form of a report says what failed it", () => {
  test('text: not under "as expected", and what to write into the fixture', async () => {
    const { stdout } = await simulate(otherId, okta());
    expect(stdout).toContain("  ✗ harmful answer: other-id\n");
    expect(stdout).not.toContain("as expected");
    expect(stdout).toContain("\nThe rehearsal failed: 1 harmful answer of the server (other-id).\n");
    expect(stdout).toContain("  ✗ a resource has another id than requested\n");
    expect(stdout).toContain("unless the fixture has expect: { observations: [other-id] }");
  });

  test("JUnit: the case in which it happened fails", async () => {
    const { stdout } = await simulate(otherId, okta(), "-o", "junit");
    expect(stdout).toMatch(
      /name="Bob marries"[^]*<failure type="expectation" message="harmful answer: other-id">/,
    );
    expect(stdout).toContain('failures="1"');
    const first = await simulate(noMembers, okta(), "-o", "junit");
    expect(first.stdout).toMatch(/name="First provisioning"[^>]*>\s*<failure [^>]*members-not-stored/);
  });

  test("Markdown: the row and its details", async () => {
    const { stdout } = await simulate(otherId, okta(), "-o", "markdown");
    expect(stdout).toMatch(/\| ❌ \| Bob marries \|.*harmful answer: other-id \|/);
  });

  test("NDJSON: the event, and the end of the step", async () => {
    const { stdout } = await simulate(otherId, okta(), "-o", "ndjson");
    const events = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as JsonObject);
    expect(events).toContainEqual(
      expect.objectContaining({ event: "observed", code: "other-id", harmful: true }),
    );
    expect(events).toContainEqual(expect.objectContaining({ event: "step-finished", harmful: ["other-id"] }));
  });
});

describe("a report tells one story about a look-up that finds another resource", () => {
  const foreignTeam = { id: "g foreign/1", displayName: "finance", members: [] };
  /** Answers each look-up of a Team with one of somebody else's, which it also holds. */
  const foreign = (write: (body: JsonObject) => ReturnType<Habit>): Habit => {
    return ({ method, path, body = {} }, answer) => {
      if (method === "GET" && /^\/Groups\?.*filter=displayName/.test(path)) return list(foreignTeam);
      if (path.startsWith("/Groups/g%20foreign%2F1"))
        return method === "GET" ? json(200, foreignTeam) : write(body);
      return answer;
    };
  };
  const taken = foreign(() => json(200, foreignTeam));
  const refusing = foreign(() => json(409, { detail: "displayName is taken" }));
  const entra = `idp: entra
users:
  - { mail: anna@example.com, displayName: Anna A }
groups:
  - { name: data, members: [anna@example.com], assign: true }
`;

  test("one that Okta took and overwrote fails the rehearsal as that", async () => {
    const { observations, exit } = await reported(taken, okta());
    const found = observations.find(({ code }) => code === "filter-ignored");
    expect(found).toMatchObject({ harmful: true, fails: true });
    expect(found?.sentence).toMatch(
      /^a lookup returns another resource, which is used instead and overwritten: /,
    );
    expect(exit).toBe(1);
  });

  test("one whose change was refused was used, and not overwritten", async () => {
    const { observations } = await reported(refusing, okta());
    const found = observations.find(({ code }) => code === "filter-ignored");
    expect(found).toMatchObject({ harmful: true });
    expect(found?.sentence).toMatch(/^a lookup returns another resource, which is used instead: /);
  });

  test("one that Entra refuses was neither: its task says so, and it is nothing that Entra does not notice", async () => {
    const { observations, openTasks } = await reported(taken, entra);
    expect(openTasks[0]?.sentence).toContain("the server ignores the filter");
    expect(observations.filter(({ subject, harmful }) => subject !== null || harmful)).toEqual([]);
  });

  test("several hits of one name, which Entra refuses, are not told a second time; Okta takes the first one", async () => {
    const twin = (id: string) => ({ id, userName: "anna@example.com", active: true });
    const twins: Habit = ({ method, path }, answer) =>
      method === "GET" && path.startsWith("/Users?") && path.includes("anna%40example.com")
        ? list(twin("u8"), twin("u9"))
        : answer;
    const refused = await reported(twins, entra);
    expect(refused.openTasks[0]?.sentence).toContain("2 objects of the target have");
    expect(refused.observations).toEqual([]);
    const took = await reported(twins, okta());
    expect(took.observations.map(({ code }) => code)).toContain("several-hits");
  });

  test("one that only the test of the credentials found was not used", async () => {
    const probed: Habit = ({ method, path }, answer) =>
      method === "GET" && path.startsWith("/Users?filter=userName") && /[0-9a-f]{8}-[0-9a-f]{4}/.test(path)
        ? list({ id: "u9", userName: "zoe@example.com", active: true })
        : answer;
    const { observations, exit } = await reported(probed, entra);
    expect(observations[0]).toMatchObject({ code: "filter-ignored", harmful: false, subject: null });
    expect(exit).toBe(0);
  });
});
