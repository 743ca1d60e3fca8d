/** What a plan says of the provider: an account or a Team that we create has no link. */

import { expect, test } from "vitest";
import { diff } from "../../../src/drift/compare/diff.ts";
import { planPushGroups } from "../../../src/drift/plan/plan-push-groups.ts";
import { planResync } from "../../../src/drift/plan/plan-resync.ts";
import type { Plan } from "../../../src/drift/plan/plan.ts";
import { providerNotes } from "../../../src/drift/provider/plan-notes.ts";
import type { Drift } from "../../../src/drift/compare/diff.ts";
import type { ProviderFinding } from "../../../src/directory/provider-finding.ts";
import { oktaLinkRules } from "../../../src/idp/okta/link-rules.ts";
import { findingOfEachKind, foundGroup, foundUser, providerSide } from "../../support/provider-findings.ts";
import { expectedState, heldState } from "../../support/states.ts";

const each = findingOfEachKind({ user: foundUser("ada"), group: foundGroup("Data") });
const expected = expectedState({ users: ["ada", "bob"], teams: [{ name: "Data", members: ["bob"] }] });

function drift(findings: readonly ProviderFinding[], held: Parameters<typeof heldState>[0] = {}): Drift {
  const provider = providerSide(findings, { users: ["ada", "bob"], teams: ["Data"] });
  return diff(expected, heldState(held), { provider, linkRules: oktaLinkRules });
}

const all = (one: Drift): Plan => planResync(one, { users: "all", teams: "all" });

test.each([
  {
    rule: "an account of somebody whom the provider did not provision stays active when its user leaves",
    drift: drift([each["user-not-provisioned"]]),
    notes: [
      "Okta has no link to the accounts that this creates: ada@example.com. Each stays active when its user leaves, until you unassign and assign the user in Okta.",
    ],
  },
  {
    rule: "a Team of a group whose push failed gets no later changes",
    drift: drift([each["push-mapping-failed"]]),
    notes: [
      "Okta has no link to the Teams that this creates: Data. Later changes of their groups do not arrive, until you unlink the group in Okta (Leave the group in the target app) and push it again.",
    ],
  },
  {
    rule: "provisioning in quarantine keeps nothing up to date",
    drift: drift([each["job-in-quarantine"]]),
    notes: [
      "Provisioning in Okta is in quarantine (EncounteredQuarantineException): until it runs again, it does not keep up to date what this plan repairs.",
    ],
  },
  {
    rule: "nor does provisioning that does not run",
    drift: drift([each["job-not-running"]]),
    notes: [
      "Provisioning in Okta does not run (Paused): until it runs again, it does not keep up to date what this plan repairs.",
    ],
  },
  { rule: "what the provider says nothing of has no note", drift: drift([each["user-is-guest"]]), notes: [] },
  {
    rule: "where nothing is to be done, nothing is said",
    drift: drift([each["job-in-quarantine"], each["user-not-provisioned"]], {
      users: ["ada", "bob"],
      teams: [{ name: "Data", members: ["bob"] }],
    }),
    notes: [],
  },
])("$rule", ({ drift: one, notes }) => {
  expect(providerNotes(one, all(one).operations)).toEqual(notes);
});

test("a plan of Teams says nothing of accounts that it does not create", () => {
  const one = drift([each["user-not-provisioned"]]);
  expect(providerNotes(one, planPushGroups(one, "all").operations)).toEqual([]);
});

test("what the plan lists as left out for its link is not said twice", () => {
  const provider = providerSide([each["user-not-provisioned"]], { users: ["ada"] });
  const stopped = {
    key: "ada@example.com",
    name: "ada",
    scimId: undefined,
    stopped: "the assignment failed",
  };
  const unlisted = { users: new Map(), teams: new Map() };
  const one = diff(expectedState({ users: ["ada"] }), heldState({}), {
    provider,
    links: { rules: oktaLinkRules, users: [stopped], teams: [], unlisted },
  });
  const plan = all(one);
  expect(plan.leftOut).toMatchObject([{ code: "provider-link", name: "ada@example.com" }]);
  expect(providerNotes(one, plan.operations)).toEqual([]);
});

test("a directory that is a file has none", () => {
  const one = diff(expected, heldState({}), { linkRules: oktaLinkRules });
  expect(providerNotes(one, all(one).operations)).toEqual([]);
});
