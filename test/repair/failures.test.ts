import { describe, expect, test } from "vitest";
import type { Writer } from "../../src/astro/writer.ts";
import { diff } from "../../src/drift/compare/diff.ts";
import { planDelete } from "../../src/drift/plan/plan-delete.ts";
import { AppError } from "../../src/ground/errors.ts";
import { modelAstro } from "../support/model-astro.ts";
import { carryOut, drifted, everything, inWords } from "../support/repairing.ts";
import { expectedState, heldState } from "../support/states.ts";

describe("failures", () => {
  const refused = { kind: "refused", status: 500, message: "500: boom" } as const;

  test("a failure stops only what depends on it", async () => {
    const { held, plan } = drifted();
    const astro = modelAstro(held);
    const outcomes = await carryOut(plan, { ...astro, createTeam: async () => refused });
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
    const outcomes = await carryOut(plan, { ...astro, updateUser: async () => refused });
    expect(inWords(outcomes).slice(2, 5)).toEqual([
      "activate-user id-eve: failed (500: boom)",
      "create-team data: done",
      "add-members data: partly (without eve@example.com: no active account was created)",
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
    const outcomes = await carryOut(plan, halfway);
    expect(inWords(outcomes)).toContain("add-members data: partly (1 of 3 members; then: 500: boom)");
    expect(inWords(outcomes)).toContain(
      'remove-members team-Ops: not-done (it depends on "add 1 member to the Team Ops: ada@example.com", which was partly done)',
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
    expect(inWords(await carryOut(plan, mute))).toContain("activate-user id-eve: done");
  });

  test("a write that was not answered is looked for: it did not happen", async () => {
    const { held, plan } = drifted();
    const deaf: Writer = {
      ...modelAstro(held),
      updateUser: async () => ({ kind: "no-answer", message: "x:80 did not answer within 5 s." }),
      createTeam: async () => ({ kind: "not-found", message: "x:80 did not answer within 5 s." }),
    };
    const outcomes = inWords(await carryOut(plan, deaf));
    expect(outcomes).toContain(
      "activate-user id-eve: failed (x:80 did not answer within 5 s; reading it back does not show it)",
    );
    expect(outcomes).toContain(
      "create-team data: failed (x:80 did not answer within 5 s; nothing with that name exists)",
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
    expect(inWords(await carryOut(plan, cut)).slice(2, 4)).toEqual([
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
    const outcomes = inWords(await carryOut(plan, cut));
    expect(outcomes.slice(3)).toEqual([
      `create-team data: unknown (${mayBeWritten})`,
      'add-members data: not-done (it depends on "create the Team Data", which has an unknown outcome)',
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
    expect(inWords(await carryOut(plan, unreachable)).slice(3)).toEqual([
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
    expect(inWords(await carryOut(plan, expired)).slice(3)).toEqual([
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
    const outcomes = await carryOut(leaving, dying);
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
    const outcomes = await carryOut(leaving, silent, { concurrency: 3 });
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
    await expect(carryOut(plan, broken)).rejects.toThrow("a bug");
  });
});
