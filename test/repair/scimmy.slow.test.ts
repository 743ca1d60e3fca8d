// Where SCIMMY departs from RFC 7644, and what the reader and the writer make of it:
// - `itemsPerPage` echoes `count`, and a page past the end repeats the first one: the reader looks at neither.
// - Its filter minds the case of userName (RFC 7643 §4.1.1 does not): a name is looked up as it is written.
// - A filter with an escaped quotation mark is answered 400: the whole list is read instead.
// - Deleting a user leaves the id in the groups: it shows as a member that is no user, and is removed.
// - It gives no versions: changes are seen by what the resource holds.
import { afterAll, beforeAll, expect, test } from "vitest";
import { readAstroState } from "../../src/astro/api/reading/read.ts";
import { createScimWriter } from "../../src/astro/api/write.ts";
import type { Writer } from "../../src/astro/writer.ts";
import { diff } from "../../src/drift/compare/diff.ts";
import { planDelete } from "../../src/drift/plan/plan-delete.ts";
import { planPushGroups } from "../../src/drift/plan/plan-push-groups.ts";
import { planResync } from "../../src/drift/plan/plan-resync.ts";
import type { Plan } from "../../src/drift/plan/plan.ts";
import { createSender, type Sender } from "../../src/http/send.ts";
import { applyPlan } from "../../src/repair/apply.ts";
import { scimExecutor } from "../../src/repair/scim-executor.ts";
import { systemWorld } from "../../src/world/system-world.ts";
import { longEnoughMs } from "../support/long-enough.ts";
import { startScimmy, type Scimmy } from "../support/start-scimmy.ts";
import { expectedState } from "../support/states.ts";

const everything = { users: "all", teams: "all" } as const;
const signal = new AbortController().signal;
const email = "emails[primary eq true].value";
const quoted = 'The "A" Team';

let scimmy: Scimmy;
let sender: Sender;
let writer: Writer;

beforeAll(async () => {
  scimmy = await startScimmy();
  sender = createSender({
    baseUrl: scimmy.url,
    token: scimmy.token,
    timeoutMs: longEnoughMs,
    timers: systemWorld().timers,
    connections: 4,
    signal,
  });
  writer = createScimWriter(sender.send, { target: scimmy.url });
});

afterAll(async () => {
  await sender.close();
  await scimmy.close();
});

async function apply(plan: Plan): Promise<void> {
  const outcomes = await applyPlan(plan, scimExecutor(writer), {
    signal,
    pause: async () => {},
  });
  expect(outcomes.filter((outcome) => outcome.status !== "done")).toEqual([]);
}

const read = () => readAstroState(sender.send, { target: scimmy.url });

const crowd = Array.from({ length: 130 }, (_, at) => `user${at}`);

function directory(
  displayName: string,
  groups: readonly { name: string; members: readonly string[] }[],
  leavers = 0,
) {
  return expectedState({
    users: crowd.slice(leavers).map((name, at) => ({
      name,
      externalId: `00u${at + leavers}`,
      attributes: { displayName, "name.givenName": "Zoë", [email]: `${name}@example.com` },
    })),
    teams: groups,
  });
}

test("an empty SCIMMY is filled, corrected, emptied in part, and is without drift each time", async () => {
  const start = directory("First", [
    { name: "Everybody", members: crowd },
    { name: quoted, members: ["user1", "user2"] },
    { name: "Empty", members: [] },
  ]);
  await apply(planResync(diff(start, await read()), everything));
  expect(diff(start, await read()).changes).toEqual([]);

  const later = directory(
    "Second",
    [
      { name: "All of us", members: crowd.slice(5) },
      { name: quoted, members: ["user6", "user7"] },
      { name: "Empty", members: [] },
    ],
    5,
  );
  await apply(planPushGroups(diff(later, await read()), "all"));
  await apply(planResync(diff(later, await read()), everything));
  const between = diff(later, await read());
  expect(between.changes.map((change) => change.kind)).toEqual(
    Array.from({ length: 5 }, () => "user-left-over"),
  );
  expect(between.unexplainedTeams.map((team) => team.displayName)).toEqual(["Everybody"]);

  await apply(planDelete(between, { users: "all", teams: ["everybody"] }));
  const after = diff(later, await read());
  expect(after.changes).toEqual([]);
  expect(after.unexplainedTeams).toEqual([]);
  expect(after.compared).toMatchObject({ expectedUsers: 125, heldUsers: 125, heldTeams: 3 });
});

test("an account is cleared, renamed and activated; ids of the deleted are taken out of a Team", async () => {
  const made = await writer.createUser({
    userName: "Kim@example.com",
    externalId: "00ukim",
    attributes: { displayName: "Kim", profileUrl: "https://example.com/kim", [email]: "kim@example.com" },
  });
  const scimId = made.kind === "created" ? made.scimId : "";
  const seen = (await writer.readUser(scimId))!;
  expect(await writer.updateUser(seen, { active: false })).toEqual({ kind: "written" });
  const edit = {
    active: true,
    userName: "kim.lee@example.com",
    attributes: { profileUrl: null, [email]: "lee@example.com" },
  };
  expect(await writer.updateUser(seen, edit)).toEqual({ kind: "written" });
  expect(await writer.findUser("KIM.LEE@example.com")).toBeUndefined();
  expect(await writer.findUser("kim.lee@example.com")).toMatchObject({
    scimId,
    userName: "kim.lee@example.com",
    active: true,
    attributes: { displayName: "Kim", [email]: "lee@example.com" },
  });
  expect((await writer.readUser(scimId))?.attributes["profileUrl"]).toBeUndefined();

  const team = (await writer.findTeam(quoted))!;
  expect(await writer.addMembers(team, [scimId], signal)).toEqual({ kind: "written" });
  expect(await writer.deleteUser(seen)).toEqual({ kind: "written" });
  expect(await writer.deleteUser(seen)).toEqual({ kind: "gone" });
  expect((await read()).teams.get(team.key)?.unknownMembers).toEqual([scimId]);
  expect(await writer.removeMembers(team, [scimId], signal)).toEqual({ kind: "written" });
  expect((await read()).teams.get(team.key)?.unknownMembers).toEqual([]);
});
