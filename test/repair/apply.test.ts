import { describe, expect, test } from "vitest";
import type { Reader, Writer } from "../../src/astro/writer.ts";
import { diff } from "../../src/drift/compare/diff.ts";
import { planDelete } from "../../src/drift/plan/plan-delete.ts";
import { planResync } from "../../src/drift/plan/plan-resync.ts";
import type { Plan } from "../../src/drift/plan/plan.ts";
import { AppError } from "../../src/ground/errors.ts";
import { applyPlan, type ApplyOptions } from "../../src/repair/apply.ts";
import type { Outcome } from "../../src/repair/outcome.ts";
import { modelAstro, type ModelAstro } from "../support/model-astro.ts";
import { expectedState, heldState } from "../support/states.ts";

const everything = { users: "all", teams: "all" } as const;

function running(options: Partial<ApplyOptions> = {}): ApplyOptions {
  const heldIds = { users: new Set<string>(), teams: new Set<string>() };
  return { heldIds, signal: new AbortController().signal, pause: async () => {}, concurrency: 1, ...options };
}

/** Each outcome in one line. */
function inWords(outcomes: readonly Outcome[]): readonly string[] {
  return outcomes.map(({ operation, status, reason }) => {
    return `${operation.id}: ${status}${reason === undefined ? "" : ` (${reason})`}`;
  });
}

/** Two accounts to make, one to activate, a Team to make with all of them, and one to correct. */
function drifted() {
  const expected = expectedState({
    users: ["ada", "bob", "eve", "gus"],
    teams: [
      { name: "Data", members: ["ada", "bob", "eve"] },
      { name: "Ops", members: ["ada"] },
    ],
  });
  const held = heldState({
    users: ["gus", { name: "eve", active: false }, "old"],
    teams: [{ name: "Ops", members: ["old"] }],
  });
  return { expected, held, plan: planResync(diff(expected, held), everything) };
}

const operations = [
  "create-user ada@example.com",
  "create-user bob@example.com",
  "activate-user id-eve",
  "create-team data",
  "add-members data",
  "add-members team-Ops",
  "remove-members team-Ops",
] as const;

test("everything is done in the plan's order, and each outcome is told as it comes", async () => {
  const { held, plan } = drifted();
  const astro = modelAstro(held);
  const told: string[] = [];
  const outcomes = await applyPlan(
    plan,
    astro,
    running({ onOutcome: ({ operation }) => told.push(operation.id) }),
  );
  expect(inWords(outcomes)).toEqual(operations.map((id) => `${id}: done`));
  expect(told).toEqual(operations);
  expect(astro.writes).toEqual([
    "createUser",
    "createUser",
    "updateUser",
    "createTeam",
    "addMembers",
    "addMembers",
    "removeMembers",
  ]);
});

test("never more operations at a time than were allowed, and none of a later phase", async () => {
  const users = Array.from({ length: 9 }, (_, at) => `user${at}`);
  const expected = expectedState({ users, teams: [{ name: "Data", members: users }] });
  const held = heldState({});
  const astro = modelAstro(held);
  let running3 = 0;
  let most = 0;
  const slow: Writer = {
    ...astro,
    createUser: async (user) => {
      running3 += 1;
      most = Math.max(most, running3);
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      running3 -= 1;
      return await astro.createUser(user);
    },
    createTeam: async (name) => {
      expect(running3).toBe(0);
      return await astro.createTeam(name);
    },
  };
  const plan = planResync(diff(expected, held), everything);
  await applyPlan(plan, slow, running({ concurrency: 3 }));
  expect(most).toBe(3);
  expect(diff(expected, astro.state()).changes).toEqual([]);
});

describe("what changed since the plan was made is not written", () => {
  test("an account that is there by now, and whoever depends on it", async () => {
    const { held, plan } = drifted();
    const astro = modelAstro(held);
    await astro.createUser({ userName: "ADA@example.com", externalId: null, attributes: {} });
    const outcomes = await applyPlan(plan, astro, running());
    expect(inWords(outcomes)).toEqual([
      "create-user ada@example.com: stale (there is one of that name by now)",
      "create-user bob@example.com: done",
      "activate-user id-eve: done",
      "create-team data: done",
      "add-members data: partly (without ada@example.com: no active account was made)",
      "add-members team-Ops: not-done (without ada@example.com: no active account was made)",
      'remove-members team-Ops: not-done (it depends on "add 1 member to the Team Ops: ada@example.com", which was not done)',
    ]);
    // Nobody gave leave to empty it.
    expect([...(astro.state().teams.get("ops")?.memberIds ?? [])]).toEqual(["id-old"]);
  });

  test.each([
    {
      change: "a Team got another member",
      meddle: (astro: ReturnType<typeof modelAstro>) => {
        astro.meddleWithTeam("team-Ops", { memberIds: new Set(["id-old", "id-gus"]) });
      },
      outcome: "stale (it has changed since the plan was made)",
    },
    {
      change: "a Team got another name",
      meddle: (astro: ReturnType<typeof modelAstro>) => {
        astro.meddleWithTeam("team-Ops", { displayName: "Operations" });
      },
      outcome: "stale (it has changed since the plan was made)",
    },
    {
      change: "a Team is gone",
      meddle: (astro: ReturnType<typeof modelAstro>) => {
        astro.forget("team-Ops");
      },
      outcome: "stale (it is gone)",
    },
  ])("$change", async ({ meddle, outcome }) => {
    const { held, plan } = drifted();
    const astro = modelAstro(held);
    meddle(astro);
    const outcomes = await applyPlan(plan, astro, running());
    expect(inWords(outcomes).slice(5)).toEqual([
      `add-members team-Ops: ${outcome}`,
      'remove-members team-Ops: not-done (it depends on "add 1 member to the Team Ops: ada@example.com", which was not done)',
    ]);
    expect(inWords(outcomes).slice(0, 5)).toEqual(operations.slice(0, 5).map((id) => `${id}: done`));
  });

  test("a change between two writes of one Team stops the second", async () => {
    const { held, plan } = drifted();
    const astro = modelAstro(held);
    const outcomes = await applyPlan(
      plan,
      astro,
      running({
        onOutcome: ({ operation }) => {
          if (operation.id !== "add-members team-Ops") return;
          astro.meddleWithTeam("team-Ops", { displayName: "Operations" });
        },
      }),
    );
    expect(inWords(outcomes).slice(5)).toEqual([
      "add-members team-Ops: done",
      "remove-members team-Ops: stale (it has changed since the plan was made)",
    ]);
  });

  test("a server that refuses the version (412) has the last word", async () => {
    const { held, plan } = drifted();
    const astro = modelAstro(held);
    const outcomes = await applyPlan(
      plan,
      { ...astro, removeMembers: async () => ({ kind: "changed" }) },
      running(),
    );
    expect(inWords(outcomes).at(-1)).toBe(
      "remove-members team-Ops: stale (it changed at the moment of writing)",
    );
  });

  test("a strict plan is refused as a whole, before anything is written", async () => {
    const { held, plan } = drifted();
    const astro = modelAstro(held);
    astro.meddleWithUser("id-eve", { active: true });
    const outcomes = await applyPlan(plan, astro, running({ strict: true }));
    expect(inWords(outcomes)).toEqual(
      operations.map((id) =>
        id === "activate-user id-eve"
          ? `${id}: stale (it has changed since the plan was made)`
          : `${id}: not-done (another resource of the plan has changed, and the plan is strict)`,
      ),
    );
    expect(astro.writes).toEqual([]);
  });

  test("a strict plan without changes is carried out", async () => {
    const { held, plan } = drifted();
    const outcomes = await applyPlan(plan, modelAstro(held), running({ strict: true }));
    expect(outcomes.every((outcome) => outcome.status === "done")).toBe(true);
  });
});

describe("failures", () => {
  const refused = { kind: "refused", status: 500, message: "500: boom" } as const;

  test("a failure stops only what depends on it", async () => {
    const { held, plan } = drifted();
    const astro = modelAstro(held);
    const outcomes = await applyPlan(plan, { ...astro, createTeam: async () => refused }, running());
    expect(inWords(outcomes)).toEqual([
      "create-user ada@example.com: done",
      "create-user bob@example.com: done",
      "activate-user id-eve: done",
      "create-team data: failed (500: boom)",
      'add-members data: not-done (it depends on "create the Team Data", which was not done)',
      "add-members team-Ops: done",
      "remove-members team-Ops: done",
    ]);
  });

  test("a member whose account could not be activated is left out", async () => {
    const { held, plan } = drifted();
    const astro = modelAstro(held);
    const outcomes = await applyPlan(plan, { ...astro, updateUser: async () => refused }, running());
    expect(inWords(outcomes).slice(2, 5)).toEqual([
      "activate-user id-eve: failed (500: boom)",
      "create-team data: done",
      "add-members data: partly (without eve@example.com: no active account was made)",
    ]);
  });

  test("members that were written in part are said to be", async () => {
    const { held, plan } = drifted();
    const astro = modelAstro(held);
    const halfway: Writer = {
      ...astro,
      addMembers: async (team, ids, signal) => {
        await astro.addMembers(team, ids.slice(0, 1), signal);
        return { kind: "partly", written: 1, message: "500: boom" };
      },
    };
    const outcomes = await applyPlan(plan, halfway, running());
    expect(inWords(outcomes)).toContain("add-members data: partly (1 of 3 members; then: 500: boom)");
    expect(inWords(outcomes)).toContain(
      'remove-members team-Ops: not-done (it depends on "add 1 member to the Team Ops: ada@example.com", which was done in part)',
    );
  });

  test("a write that was not answered is looked for: it happened", async () => {
    const { held, plan } = drifted();
    const astro = modelAstro(held);
    const mute: Writer = {
      ...astro,
      updateUser: async (user, edit) => {
        await astro.updateUser(user, edit);
        return { kind: "no-answer", message: "timed out" };
      },
    };
    expect(inWords(await applyPlan(plan, mute, running()))).toContain("activate-user id-eve: done");
  });

  test("a write that was not answered is looked for: it did not happen", async () => {
    const { held, plan } = drifted();
    const deaf: Writer = {
      ...modelAstro(held),
      updateUser: async () => ({ kind: "no-answer", message: "x:80 did not answer within 5 s." }),
      createTeam: async () => ({ kind: "not-found", message: "x:80 did not answer within 5 s." }),
    };
    const outcomes = inWords(await applyPlan(plan, deaf, running()));
    expect(outcomes).toContain(
      "activate-user id-eve: failed (x:80 did not answer within 5 s; reading it back does not show it)",
    );
    expect(outcomes).toContain(
      "create-team data: failed (x:80 did not answer within 5 s; there is none of that name)",
    );
  });

  const mayBeWritten = "x:80 closed the connection; it may or may not have been written";

  test("a write that was not answered and cannot be read back is unknown, and not failed", async () => {
    const { held, plan } = drifted();
    const astro = modelAstro(held);
    let isCut = false;
    const cut: Writer = {
      ...astro,
      updateUser: async () => {
        isCut = true;
        return { kind: "no-answer", message: "x:80 closed the connection." };
      },
      readUser: async (scimId) => {
        if (isCut) throw new AppError("unreachable", "GET /Users/id-eve: x:80 refused the connection.");
        return await astro.readUser(scimId);
      },
    };
    expect(inWords(await applyPlan(plan, cut, running())).slice(2, 4)).toEqual([
      `activate-user id-eve: unknown (${mayBeWritten})`,
      "create-team data: not-done (the server cannot be reached)",
    ]);
  });

  test("so is something to be made that cannot be looked for; what needs it is not begun", async () => {
    const { held, plan } = drifted();
    const cut: Writer = {
      ...modelAstro(held),
      createTeam: async () => ({
        kind: "lost",
        message: "x:80 closed the connection.",
        errorCode: "source-incomplete",
      }),
    };
    const outcomes = inWords(await applyPlan(plan, cut, running()));
    expect(outcomes.slice(3)).toEqual([
      `create-team data: unknown (${mayBeWritten})`,
      'add-members data: not-done (it depends on "create the Team Data", of which nothing is known)',
      "add-members team-Ops: done",
      "remove-members team-Ops: done",
    ]);
  });

  test("what could not be sent is failed, and not unknown; nothing more is begun", async () => {
    const { held, plan } = drifted();
    const unreachable: Writer = {
      ...modelAstro(held),
      createTeam: async () => ({ kind: "not-sent", message: "No server is listening on x:80." }),
    };
    expect(inWords(await applyPlan(plan, unreachable, running())).slice(3)).toEqual([
      "create-team data: failed (No server is listening on x:80; nothing was written)",
      "add-members data: not-done (the server cannot be reached)",
      "add-members team-Ops: not-done (the server cannot be reached)",
      "remove-members team-Ops: not-done (the server cannot be reached)",
    ]);
  });

  test("credentials that are refused stop the rest", async () => {
    const { held, plan } = drifted();
    const astro = modelAstro(held);
    const expired: Writer = {
      ...astro,
      findTeam: async () => {
        throw new AppError("unauthorized", "the token has expired");
      },
    };
    expect(inWords(await applyPlan(plan, expired, running())).slice(3)).toEqual([
      "create-team data: failed (the token has expired)",
      "add-members data: not-done (the credentials were refused)",
      "add-members team-Ops: not-done (the credentials were refused)",
      "remove-members team-Ops: not-done (the credentials were refused)",
    ]);
  });

  const crowd = Array.from({ length: 7 }, (_, at) => `user${at}`);
  const leaving = planDelete(
    diff(expectedState({ users: ["ada"] }), heldState({ users: crowd })),
    everything,
  );

  test("a server that cannot be reached for one operation is not asked about another", async () => {
    const astro = modelAstro(heldState({ users: crowd }));
    const asked: string[] = [];
    const dying: Writer = {
      ...astro,
      readUser: async (scimId) => {
        asked.push(scimId);
        if (scimId === "id-user2") throw new AppError("unreachable", "GET /Users/id-user2: x:80 refused.");
        return await astro.readUser(scimId);
      },
    };
    const outcomes = await applyPlan(leaving, dying, running());
    expect(asked.at(-1)).toBe("id-user2");
    expect(inWords(outcomes)).toEqual([
      "delete-user id-user0: done",
      "delete-user id-user1: done",
      "delete-user id-user2: failed (GET /Users/id-user2: x:80 refused)",
      ...[3, 4, 5, 6].map((at) => `delete-user id-user${at}: not-done (the server cannot be reached)`),
    ]);
    expect(outcomes[2]?.errorCode).toBe("unreachable");
  });

  test("what is under way at that time is tried to its end", async () => {
    const silent: Writer = {
      ...modelAstro(heldState({ users: crowd })),
      readUser: async () => {
        throw new AppError("unreachable", "no answer");
      },
    };
    const outcomes = await applyPlan(leaving, silent, running({ concurrency: 3 }));
    expect(outcomes.map(({ status }) => status)).toEqual([
      "failed",
      "failed",
      "failed",
      "not-done",
      "not-done",
      "not-done",
      "not-done",
    ]);
  });

  test("a mistake of our own is no outcome", async () => {
    const { held, plan } = drifted();
    const broken: Writer = {
      ...modelAstro(held),
      createUser: async () => {
        throw new TypeError("a bug");
      },
    };
    await expect(applyPlan(plan, broken, running())).rejects.toThrow("a bug");
  });
});

test("a write goes to the id in the plan, whatever a reader's answer is called", async () => {
  const state = heldState({ users: ["bob", "old"] });
  const plan = planDelete(diff(expectedState({ users: ["bob"] }), state), everything);
  const astro = modelAstro(state);
  const deleted: string[] = [];
  await applyPlan(
    plan,
    {
      ...astro,
      readUser: async (scimId) => {
        const user = await astro.readUser(scimId);
        return user === undefined ? undefined : { ...user, scimId: "id-bob" };
      },
      deleteUser: async (user) => {
        deleted.push(user.scimId);
        return await astro.deleteUser(user);
      },
    },
    running(),
  );
  expect(deleted).toEqual(["id-old"]);
});

describe("the ids of members are theirs", () => {
  const expected = expectedState({ users: ["ada", "gus"], teams: [{ name: "Data", members: ["gus"] }] });
  const state = heldState({ users: ["ada", "gus"], teams: [{ name: "Data", members: ["ada"] }] });
  const plan = planResync(diff(expected, state), everything);

  test.each<{
    rule: string;
    answer: (astro: ModelAstro) => Partial<Writer>;
    options?: Partial<ApplyOptions>;
    reason: string;
  }>([
    {
      rule: "an id that the list gave to one is another's",
      answer: (astro) => ({
        readUser: async () => ({ ...(await astro.readUser("id-ada"))!, scimId: "id-gus" }),
      }),
      reason: "the id of gus@example.com is that of ada@example.com",
    },
    {
      rule: "an account that is not there",
      answer: () => ({ readUser: async () => undefined }),
      reason: "gus@example.com cannot be found by its id",
    },
    {
      rule: "an address that is protected and that the list does not show",
      answer: (astro) => ({
        readUser: async (scimId) => ({ ...(await astro.readUser(scimId))!, emails: ["boss@example.com"] }),
      }),
      options: { protectedKeys: new Set(["boss@example.com"]) },
      reason: "gus@example.com is protected, as its own answer shows",
    },
  ])("$rule: nobody is put into a Team", async ({ answer, options, reason }) => {
    const astro = modelAstro(state);
    const outcomes = await applyPlan(plan, { ...astro, ...answer(astro) }, running(options));
    expect(inWords(outcomes)[0]).toBe(`add-members team-Data: stale (${reason})`);
    expect(astro.writes).toEqual([]);
  });
});

describe("what is not confirmed is not built upon", () => {
  test.each<{
    rule: string;
    heldIds?: ApplyOptions["heldIds"];
    change: (astro: ModelAstro) => Partial<Writer>;
  }>([
    {
      rule: "an id that somebody has already",
      heldIds: { users: new Set(["id-gus"]), teams: new Set() },
      change: () => ({ createUser: async () => ({ kind: "created", scimId: "id-gus" }) }),
    },
    {
      rule: "one id for two new accounts",
      change: (astro) => ({
        createUser: async (user) => {
          const made = await astro.createUser(user);
          return made.kind === "created" ? { kind: "created", scimId: "user-1" } : made;
        },
      }),
    },
    {
      rule: "an account that reading back does not show",
      change: () => ({ createUser: async () => ({ kind: "created", scimId: "made-up" }) }),
    },
  ])("$rule: nobody is put into a Team by it", async ({ heldIds, change }) => {
    const { held, plan } = drifted();
    const astro = modelAstro(held);
    const added: string[] = [];
    const watched: Writer = {
      ...astro,
      ...change(astro),
      addMembers: async (team, ids, signal) => {
        added.push(...ids);
        return await astro.addMembers(team, ids, signal);
      },
    };
    const outcomes = await applyPlan(plan, watched, running(heldIds === undefined ? {} : { heldIds }));
    const unconfirmed = outcomes.filter(({ status }) => status === "not-confirmed");
    expect(unconfirmed.length).toBeGreaterThan(0);
    for (const id of ["id-gus", "made-up"]) expect(added).not.toContain(id);
    // Eve's account was there, and at most one of the two new ones is known for certain.
    expect(new Set(added).size).toBeLessThanOrEqual(2);
  });

  test("a Team whose creation is not confirmed gets no members", async () => {
    const { held, plan } = drifted();
    const astro = modelAstro(held);
    const lying: Writer = { ...astro, createTeam: async () => ({ kind: "created", scimId: "team-Ops" }) };
    const heldIds = { users: new Set<string>(), teams: new Set(["team-Ops"]) };
    const outcomes = inWords(await applyPlan(plan, lying, running({ heldIds })));
    expect(outcomes.slice(3, 5)).toEqual([
      "create-team data: not-confirmed (the server answered with the id of something else that it holds)",
      'add-members data: not-done (it depends on "create the Team Data", of which nothing is known)',
    ]);
  });
});

describe("reading back", () => {
  const expected = expectedState({ users: [{ name: "ada", attributes: { displayName: "Ada" } }, "bob"] });
  const held = heldState({ users: [{ name: "ada", attributes: { displayName: "A" } }, "bob", "old"] });
  const update: Plan = planResync(diff(expected, held), everything);

  test("what the server accepts and does not show is not confirmed, after three looks", async () => {
    const astro = modelAstro(held);
    const pauses: number[] = [];
    let reads = 0;
    const forgetful: Writer = {
      ...astro,
      updateUser: async () => ({ kind: "written" }),
      readUser: async (scimId) => {
        reads += 1;
        return await astro.readUser(scimId);
      },
    };
    const outcomes = await applyPlan(
      update,
      forgetful,
      running({ pause: async (ms) => void pauses.push(ms) }),
    );
    expect(inWords(outcomes)).toEqual([
      "update-user id-ada: not-confirmed (reading it back does not show it)",
    ]);
    expect(pauses).toEqual([250, 1000]);
    expect(reads).toBe(4);
  });

  test("a server that takes its time is waited for", async () => {
    const astro = modelAstro(held);
    let late: (() => Promise<unknown>) | undefined;
    const eventual: Writer = {
      ...astro,
      updateUser: async (user, edit) => {
        late = () => astro.updateUser(user, edit);
        return { kind: "written" };
      },
    };
    const outcomes = await applyPlan(update, eventual, running({ pause: async () => void (await late?.()) }));
    expect(inWords(outcomes)).toEqual(["update-user id-ada: done"]);
  });

  test("what was accepted and cannot be read back is not confirmed, and not failed; nothing else is begun", async () => {
    const astro = modelAstro(held);
    const { writes } = astro;
    const half: Writer = {
      ...astro,
      readUser: async (scimId) => {
        if (writes.length > 0) throw new AppError("unreachable", "no answer");
        return await astro.readUser(scimId);
      },
    };
    expect(inWords(await applyPlan(update, half, running()))).toEqual([
      "update-user id-ada: not-confirmed (it could not be read back: no answer)",
    ]);
  });

  const removal = planDelete(diff(expected, held), everything);

  test.each([
    {
      rule: "an account that is gone before it is deleted is as good as deleted",
      change: (astro: ReturnType<typeof modelAstro>): Writer => {
        astro.forget("id-old");
        return astro;
      },
      outcome: "delete-user id-old: done (it was gone already)",
    },
    {
      rule: "so is one that goes at that moment (404)",
      change: (astro: ReturnType<typeof modelAstro>): Writer => ({
        ...astro,
        deleteUser: async () => {
          astro.forget("id-old");
          return { kind: "gone" };
        },
      }),
      outcome: "delete-user id-old: done (it was gone already)",
    },
    {
      rule: "a server that calls an account gone and goes on showing it is not believed",
      change: (astro: ReturnType<typeof modelAstro>): Writer => ({
        ...astro,
        deleteUser: async () => ({ kind: "gone" }),
      }),
      outcome: "delete-user id-old: not-confirmed (reading it back does not show it)",
    },
    {
      rule: "nor one whose list goes on showing what it does not have by its id",
      change: (astro: ReturnType<typeof modelAstro>): Writer => ({ ...astro, isListed: async () => true }),
      outcome: "delete-user id-old: not-confirmed (reading it back does not show it)",
    },
    {
      rule: "nothing is deleted where that is so beforehand",
      change: (astro: ReturnType<typeof modelAstro>): Writer => ({
        ...astro,
        readUser: async () => undefined,
        isListed: async () => true,
      }),
      outcome: "delete-user id-old: stale (it cannot be found by its id, and the list still shows it)",
    },
    {
      rule: "an account that reads back inactive was not deleted where the deletion got no answer",
      change: (astro: ReturnType<typeof modelAstro>): Writer => ({
        ...astro,
        deleteUser: async () => {
          astro.meddleWithUser("id-old", { active: false });
          return { kind: "no-answer", message: "cut" };
        },
      }),
      outcome: "delete-user id-old: failed (cut; reading it back does not show it)",
    },
    {
      rule: "an account that turns out to be an organization owner's is not deleted",
      change: (astro: ReturnType<typeof modelAstro>): Writer => ({
        ...astro,
        readUser: async (scimId) => {
          const user = await astro.readUser(scimId);
          return user === undefined ? undefined : { ...user, roles: ["ORGANIZATION_OWNER"] };
        },
      }),
      outcome: "delete-user id-old: stale (it is an organization owner, whom no repair deletes or renames)",
    },
    {
      rule: "a server may keep a deleted account, inactive",
      change: (astro: ReturnType<typeof modelAstro>): Writer => ({
        ...astro,
        deleteUser: async () => {
          astro.meddleWithUser("id-old", { active: false });
          return { kind: "written" };
        },
      }),
      outcome: "delete-user id-old: done",
    },
    {
      rule: "an account that stays active was not deleted",
      change: (astro: ReturnType<typeof modelAstro>): Writer => ({
        ...astro,
        deleteUser: async () => ({ kind: "written" }),
      }),
      outcome: "delete-user id-old: not-confirmed (reading it back does not show it)",
    },
    {
      rule: "an account that was activated or renamed meanwhile is not deleted",
      change: (astro: ReturnType<typeof modelAstro>): Writer => {
        astro.meddleWithUser("id-old", { userName: "new@example.com" });
        return astro;
      },
      outcome: "delete-user id-old: stale (it has changed since the plan was made)",
    },
  ])("$rule", async ({ change, outcome }) => {
    expect(inWords(await applyPlan(removal, change(modelAstro(held)), running()))).toEqual([outcome]);
  });

  test("a Team may be deleted though accounts that were in it are deleted as well", async () => {
    const state = heldState({ users: ["bob", "old"], teams: [{ name: "Ex", members: ["old"] }] });
    const plan = planDelete(diff(expectedState({ users: ["bob"] }), state), { users: "all", teams: ["Ex"] });
    expect(inWords(await applyPlan(plan, modelAstro(state), running()))).toEqual([
      "delete-team team-Ex: done",
      "delete-user id-old: done",
    ]);
  });
});

describe("an interruption", () => {
  test("finishes what is under way and begins nothing else", async () => {
    const { held, plan } = drifted();
    const astro = modelAstro(held);
    const controller = new AbortController();
    const interrupting: Writer = {
      ...astro,
      createUser: async (user) => {
        controller.abort();
        return await astro.createUser(user);
      },
    };
    const outcomes = await applyPlan(plan, interrupting, running({ signal: controller.signal }));
    expect(inWords(outcomes)).toEqual([
      "create-user ada@example.com: done",
      ...operations.slice(1).map((id) => `${id}: not-done (interrupted)`),
    ]);
    expect(astro.writes).toEqual(["createUser"]);
  });

  test("after the look and before the write nothing is written", async () => {
    const { held, plan } = drifted();
    const astro = modelAstro(held);
    const controller = new AbortController();
    const interrupting: Writer = {
      ...astro,
      findUser: async (name) => {
        controller.abort();
        return await astro.findUser(name);
      },
    };
    const outcomes = await applyPlan(plan, interrupting, running({ signal: controller.signal }));
    expect(inWords(outcomes)).toEqual(operations.map((id) => `${id}: not-done (interrupted)`));
    expect(astro.writes).toEqual([]);
  });

  test("what was written is read back once, though looks before a write are given up", async () => {
    const { held, plan } = drifted();
    const astro = modelAstro(held);
    const controller = new AbortController();
    const unlessAborted = <Found>(read: (of: string) => Promise<Found>) => {
      return async (of: string): Promise<Found> => {
        if (controller.signal.aborted) throw new AppError("interrupted", "Interrupted while reading.");
        return await read(of);
      };
    };
    const beforehand: Reader = {
      readUser: unlessAborted(astro.readUser),
      readTeam: unlessAborted(astro.readTeam),
      findUser: unlessAborted(astro.findUser),
      findTeam: unlessAborted(astro.findTeam),
      isListed: astro.isListed,
    };
    const interrupting: Writer = {
      ...astro,
      updateUser: async (user, edit) => {
        controller.abort();
        return await astro.updateUser(user, edit);
      },
    };
    const options = running({ beforehand, signal: controller.signal });
    expect(inWords(await applyPlan(plan, interrupting, options)).slice(1, 4)).toEqual([
      "create-user bob@example.com: done",
      "activate-user id-eve: done",
      "create-team data: not-done (interrupted)",
    ]);
  });

  test("a read that is given up is no failure", async () => {
    const { held, plan } = drifted();
    const interrupted: Writer = {
      ...modelAstro(held),
      findUser: async () => {
        throw new AppError("interrupted", "Interrupted while reading.");
      },
    };
    const outcomes = await applyPlan(plan, interrupted, running());
    expect(outcomes.map((outcome) => outcome.status)).toEqual(operations.map(() => "not-done"));
  });
});

test("a journal is told before each write, with the resource as it is", async () => {
  const { held, plan } = drifted();
  const astro = modelAstro(held);
  const journal: string[] = [];
  await applyPlan(
    plan,
    astro,
    running({
      beforeWrite: async (operation, before) => {
        journal.push(`${operation.id}, ${astro.writes.length} written, was ${before?.seen.scimId}`);
      },
    }),
  );
  expect(journal).toEqual([
    "create-user ada@example.com, 0 written, was undefined",
    "create-user bob@example.com, 1 written, was undefined",
    "activate-user id-eve, 2 written, was id-eve",
    "create-team data, 3 written, was undefined",
    "add-members data, 4 written, was team-3",
    "add-members team-Ops, 5 written, was team-Ops",
    "remove-members team-Ops, 6 written, was team-Ops",
  ]);
});

test("a plan that was saved as JSON is carried out like the one it was", async () => {
  const { expected, held, plan } = drifted();
  const astro = modelAstro(held);
  const saved = JSON.parse(JSON.stringify(plan)) as Plan;
  await applyPlan(saved, astro, running());
  const left = diff(expected, astro.state()).changes;
  expect(left.map((change) => change.kind)).toEqual(["user-left-over"]);
});
