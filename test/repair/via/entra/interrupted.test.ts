/** A repair through Entra ID whose process ends: resumed, it is as if nothing had happened, and nothing is done twice. */

import { describe, expect, test } from "vitest";
import { planResync } from "../../../../src/drift/plan/plan-resync.ts";
import type { JsonObject } from "../../../../src/ground/json.ts";
import type { Journal } from "../../../../src/repair/journal.ts";
import type { Outcome } from "../../../../src/repair/outcome.ts";
import type { Resource } from "../../../../src/repair/resource.ts";
import type { ProviderWays } from "../../../../src/repair/via/provider-ways.ts";
import { aDirectory, aGroup, anEntraUser } from "../../../support/builders.ts";
import { inWords } from "../../../support/repairing.ts";
import { throughEntra, type ThroughEntra } from "../../../support/through-entra.ts";

class Killed extends Error {}

const mails = ["ada", "bob", "cyd", "dan", "eve", "fay"].map((name) => `${name}@example.com`);
const directory = aDirectory({
  users: mails.map((mail) => anEntraUser(mail)),
  groups: [aGroup("data", mails)],
  assignedGroups: ["data"],
  pushedGroups: [],
});

const moments = ["before the intent", "after the intent", "within the runs", "before the outcome"] as const;
type Moment = (typeof moments)[number];

/** What a journal holds, as `--resume` reads it. */
class Noted implements Journal {
  readonly outcomes: Outcome[] = [];
  readonly begun = new Map<string, Resource | undefined>();
  readonly atProvider = new Map<string, JsonObject>();
  readonly #die: (moment: Moment, id: string) => void;

  constructor(die: (moment: Moment, id: string) => void) {
    this.#die = die;
  }

  readonly before: Journal["before"] = async ({ id }, seen, atProvider) => {
    this.#die("before the intent", id);
    this.begun.set(id, seen);
    if (atProvider !== undefined) this.atProvider.set(id, atProvider);
    this.#die("after the intent", id);
  };

  readonly after: Journal["after"] = async (outcome) => {
    this.#die("before the outcome", outcome.operation.id);
    this.outcomes.push(outcome);
    this.begun.delete(outcome.operation.id);
  };
}

/** Dies when the second run of a group would begin. */
function dyingWithin(ways: ProviderWays, moment: Moment, victim: string): ProviderWays {
  return {
    ...ways,
    carryOut: async (operation, options) => {
      let runs = 0;
      return ways.carryOut(operation, {
        ...options,
        onProgress: (text) => {
          if (text.includes("is being provisioned")) runs += 1;
          const isSecond = runs === 1 && /members 6/.test(text);
          if (moment === "within the runs" && operation.id === victim && isSecond) throw new Killed();
          options.onProgress(text);
        },
      });
    },
  };
}

async function interrupted(entra: ThroughEntra, moment: Moment, victim: string) {
  const found = await entra.drift();
  const ways = await entra.ways();
  const plan = await ways.route(planResync(found, { users: "all", teams: "all" }), found);
  const journal = new Noted((at, id) => {
    if (at === moment && id === victim) throw new Killed();
  });
  const dying = dyingWithin(ways, moment, victim);
  await expect(entra.apply(plan, { journal, provider: dying, concurrency: 1 })).rejects.toThrow(Killed);
  return { plan, journal };
}

describe.each([`provision-user ${mails[0]}`, "provision-group data"])("%s", (victim) => {
  const possible = moments.filter((moment) => moment !== "within the runs" || victim.includes("group"));

  test.each(possible)("killed %s, it is carried out once", async (moment) => {
    const entra = await throughEntra({ directory, startsPaused: true });
    const { plan, journal } = await interrupted(entra, moment, victim);
    const { outcomes, begun, atProvider } = journal;
    const resumed = await entra.apply(plan, { resumed: { outcomes, begun, atProvider }, concurrency: 1 });
    expect(inWords(resumed).filter((line) => !line.endsWith(": done"))).toEqual([]);
    expect(await entra.graph.held()).toEqual({ users: mails, teams: { data: mails } });
    const created = entra.graph.requests.filter((line) => line.startsWith("POST "));
    expect(created.toSorted()).toEqual(["POST /Groups", ...mails.map(() => "POST /Users")]);
    expect((await entra.drift()).changes).toEqual([]);
  });
});
