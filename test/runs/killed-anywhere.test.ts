/** A run whose process ends at any moment: resumed, it ends as if nothing had happened. */

import { describe, expect, test } from "vitest";
import type { HeldState } from "../../src/astro/held.ts";
import { applyPlan } from "../../src/repair/apply.ts";
import type { Operation } from "../../src/drift/plan/operations/operation.ts";
import type { Executor, WriteTarget } from "../../src/repair/executor.ts";
import type { Journal } from "../../src/repair/journal.ts";
import type { Outcome } from "../../src/repair/outcome.ts";
import { scimExecutor } from "../../src/repair/scim-executor.ts";
import { readRun } from "../../src/runs/read-run.ts";
import { resumedOf } from "../../src/runs/resumed.ts";
import { countsOf, stateOf, type RecordedRun } from "../../src/runs/run.ts";
import { fileOfRun } from "../../src/runs/runs-folder.ts";
import { createRun, reopenRun, type OpenRun } from "../../src/runs/write-run.ts";
import type { Plan } from "../../src/drift/plan/plan.ts";
import { allTeams, allUsers } from "../../src/astro/held.ts";
import { operationOrder } from "../../src/drift/plan/operations/operation.ts";
import { diff } from "../../src/drift/compare/diff.ts";
import { planUndo } from "../../src/undo/plan-undo.ts";
import { expectedState } from "../support/states.ts";
import { everyOperation } from "../support/every-operation.ts";
import { modelAstro, type ModelAstro } from "../support/model-astro.ts";
import { seededWorld } from "../support/seeded-world.ts";
import { tempFolder } from "../support/temp-folder.ts";

/** The end of the process: nothing of ours is run after it. */
class Killed extends Error {}

const moments = [
  "before the intent",
  "after the intent",
  "within the request",
  "after the request",
  "after the answer",
  "before the outcome",
] as const;
type Moment = (typeof moments)[number];

const world = seededWorld();

async function start(plan: Plan): Promise<{ readonly folder: string; readonly open: OpenRun }> {
  const folder = await tempFolder();
  const open = await createRun(world, folder, {
    program: "0.0.0",
    command: "resync",
    asked: ["--all"],
    organization: "loopback:1/org",
    plan,
    settings: {
      concurrency: 1,
      strict: false,
      limits: {},
      allowedByOption: [],
      allowEmpty: [],
      rolesUnknown: false,
    },
  });
  return { folder, open };
}

const options = { signal: new AbortController().signal, pause: async () => {}, concurrency: 1 };

/** Carries the plan out, and dies at a moment of one operation. */
async function killedAt(
  plan: Plan,
  astro: ModelAstro,
  { moment, operation: victim }: { readonly moment: Moment; readonly operation: string },
): Promise<RecordedRun> {
  const { folder, open } = await start(plan);
  const die = (at: Moment, id: string): void => {
    if (at === moment && id === victim) throw new Killed();
  };
  const journal: Journal = {
    before: async (operation, seen) => {
      die("before the intent", operation.id);
      await open.journal.before(operation, seen);
      die("after the intent", operation.id);
    },
    after: async (outcome) => {
      die("before the outcome", outcome.operation.id);
      await open.journal.after(outcome);
    },
  };
  const whole = executorOf(astro);
  let current = "";
  const dying: Executor = {
    ...whole,
    readBack: {
      ...astro,
      readUser: async (id) => {
        die("after the answer", current);
        return astro.readUser(id);
      },
      readTeam: async (id) => {
        die("after the answer", current);
        return astro.readTeam(id);
      },
    },
    write: async (operation, target) => {
      current = operation.id;
      if (moment === "within the request" && operation.id === victim) {
        await writeFirstMember(astro, operation, target);
        throw new Killed();
      }
      const answer = await whole.write(operation, target);
      die("after the request", operation.id);
      return answer;
    },
  };
  await expect(applyPlan(plan, dying, { ...options, journal })).rejects.toThrow(Killed);
  await open.close();
  return readRun(world.disk, fileOfRun(folder, open.id));
}

function executorOf(astro: ModelAstro): Executor {
  return scimExecutor(astro, { iam: astro.iam, roles: astro.roles });
}

/** Many members take several requests: of these the first one was carried out. Other operations are one request. */
async function writeFirstMember(
  astro: ModelAstro,
  { kind }: Operation,
  { seen, memberIds, signal }: WriteTarget,
): Promise<void> {
  const first = memberIds.slice(0, 1);
  if (kind === "add-members" && seen !== undefined) await astro.addMembers(seen, first, signal);
  if (kind === "remove-members" && seen !== undefined) await astro.removeMembers(seen, first, signal);
}

async function resumed(run: RecordedRun, astro: ModelAstro): Promise<readonly Outcome[]> {
  const open = await reopenRun(world, run);
  const outcomes = await applyPlan(run.plan, executorOf(astro), {
    ...options,
    journal: open.journal,
    resumed: resumedOf(run),
  });
  await open.end(outcomes);
  await open.close();
  return outcomes;
}

/** Without ids. */
function content(state: HeldState): unknown {
  const users = allUsers(state).map(({ userName, externalId, active, attributes, iam }) => {
    return { userName, externalId, active, attributes, roles: iam?.roles };
  });
  const teams = allTeams(state).map(({ displayName, members, iam }) => {
    return { displayName, members: [...members].toSorted(), roles: iam?.roles };
  });
  const byName = (a: object, b: object): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
  return { users: users.toSorted(byName), teams: teams.toSorted(byName) };
}

function undoOf(run: RecordedRun, astro: ModelAstro): Plan {
  const side = { users: [], teams: [], members: new Map(), isScimEnabled: true };
  const iam = { kind: "read", side, isOnlySource: false } as const;
  return planUndo(run, diff(expectedState({}), astro.stateInIam(), { iam }));
}

const { held, plan } = everyOperation();

const asBefore = content(modelAstro(held).stateInIam());

/** These are killed in test/repair/via. */
const throughProvider = /^(?:assign|reassign|provision|push|renew)-/;

test("the plan has an operation of every kind that goes over SCIM", () => {
  const overScim = operationOrder.filter((kind) => !throughProvider.test(kind));
  expect(new Set(plan.operations.map(({ kind }) => kind))).toEqual(new Set(overScim));
});

const uninterrupted = modelAstro(held);
const outcomes = await applyPlan(plan, executorOf(uninterrupted), options);

test("uninterrupted, everything is done", () => {
  expect(
    outcomes.map(({ operation, status, reason }) => `${operation.id}: ${status} ${reason ?? ""}`),
  ).toEqual(plan.operations.map(({ id }) => `${id}: done `));
});

test("of members only those are sent again that were not written", async () => {
  const astro = modelAstro(held);
  const run = await killedAt(plan, astro, { moment: "within the request", operation: "add-members data" });
  const sent: (readonly string[])[] = [];
  const addMembers: ModelAstro["addMembers"] = async (team, ids, signal) => {
    sent.push(ids);
    return astro.addMembers(team, ids, signal);
  };
  await resumed(run, { ...astro, addMembers });
  expect(sent.map((ids) => ids.length)).toEqual([2, 1]);
});

test("what cannot be put back is listed", async () => {
  const astro = modelAstro(held);
  const [last] = plan.operations.slice(-1);
  const run = await killedAt(plan, astro, { moment: "before the outcome", operation: last!.id });
  await resumed(run, astro);
  const { leftOut, basis } = undoOf(await readRun(world.disk, run.file), astro);
  expect(leftOut.map(({ code, name, reason }) => `${code}: ${name} ${reason}`)).toEqual([
    "undo-lost: Doomed gets a new SCIM ID, and the provider stays linked to the old one",
    "undo-lost: leaver@example.com gets a new SCIM ID, and the provider stays linked to the old one",
  ]);
  expect(basis.expectedUsers).toBe(plan.basis.expectedUsers);
});

describe.each(moments)("killed %s of", (moment) => {
  test.each(plan.operations.map(({ id }) => id))("%s", async (operation) => {
    const astro = modelAstro(held);
    const run = await killedAt(plan, astro, { moment, operation });
    expect(stateOf(run)).toBe("unfinished");
    const ended = await resumed(run, astro);
    expect(ended.map(({ status }) => status)).toEqual(plan.operations.map(() => "done"));
    expect(content(astro.stateInIam())).toEqual(content(uninterrupted.stateInIam()));
    const isInParts = moment === "within the request" && operation.includes("-members");
    const asOne = (writes: readonly string[]): readonly string[] =>
      isInParts ? writes.filter((write, at) => write !== writes[at - 1]) : writes;
    expect(asOne(astro.writes)).toEqual(asOne(uninterrupted.writes));
    const whole = await readRun(world.disk, run.file);
    expect(stateOf(whole)).toBe("finished");
    expect(countsOf(whole)).toMatchObject({ done: plan.operations.length, unknown: 0, notDone: 0 });
    const undone = await applyPlan(undoOf(whole, astro), executorOf(astro), options);
    expect(undone.map(({ status, reason }) => `${status} ${reason ?? ""}`)).toEqual(
      undone.map(() => "done "),
    );
    expect(content(astro.stateInIam())).toEqual(asBefore);
  });
});
