import { describe, expect, test } from "vitest";
import type { Reader, Writer } from "../../src/astro/writer.ts";
import { AppError } from "../../src/ground/errors.ts";
import { modelAstro } from "../support/model-astro.ts";
import { carryOut, drifted, driftedOperations, inWords } from "../support/repairing.ts";

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
    const outcomes = await carryOut(plan, interrupting, { signal: controller.signal });
    expect(inWords(outcomes)).toEqual([
      "create-user ada@example.com: done",
      ...driftedOperations.slice(1).map((id) => `${id}: not-done (interrupted)`),
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
    const outcomes = await carryOut(plan, interrupting, { signal: controller.signal });
    expect(inWords(outcomes)).toEqual(driftedOperations.map((id) => `${id}: not-done (interrupted)`));
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
    const look: Reader = {
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
    const options = { look, signal: controller.signal };
    expect(inWords(await carryOut(plan, interrupting, options)).slice(1, 4)).toEqual([
      "create-user bob@example.com: done",
      "activate-user id-eve: done",
      "create-team data: not-done (interrupted)",
    ]);
  });

  test("a look that is given up is no failure", async () => {
    const { held, plan } = drifted();
    const astro = modelAstro(held);
    const look: Reader = {
      ...astro,
      findUser: async () => {
        throw new AppError("interrupted", "Interrupted while reading.");
      },
    };
    const outcomes = await carryOut(plan, astro, { look });
    expect(outcomes.map((outcome) => outcome.status)).toEqual(driftedOperations.map(() => "not-done"));
    expect(astro.writes).toEqual([]);
  });
});
