import { describe, expect, test } from "vitest";

import { documentedOktaSettings, type OktaAppSettings } from "../../../src/directory/app-settings.ts";
import type { Directory } from "../../../src/directory/directory.ts";
import { oktaWarnings } from "../../../src/idp/okta/warnings.ts";
import { aDirectory, aGroup, aUser } from "../../support/builders.ts";

const ada = "ada@example.com";

const company = aDirectory({
  users: [aUser(ada)],
  groups: [aGroup("data", [ada])],
  pushedGroups: ["data"],
});

const byLogin = { applicationUsername: 'String.substringBefore(user.email, "@")' };

function warnings(settings: Partial<OktaAppSettings>, directory: Directory = company): readonly string[] {
  return oktaWarnings({ ...documentedOktaSettings, ...settings }, directory);
}

describe("one sentence about what will go wrong, and what then happens", () => {
  test.each<[mistake: string, settings: Partial<OktaAppSettings>, warning: RegExp]>([
    [
      "another userName than the value that is looked for (unique identifier field `email`)",
      byLogin,
      /^Okta looks up accounts by e-mail address but sends a different userName \(ada for ada@example\.com\): .*conflict\.$/,
    ],
    ["Create Users off", { createUsers: false }, /^Create Users is off: .*their tasks fail\.$/],
    ["Update User Attributes off", { updateUserAttributes: false }, /^Update User Attributes is off: /],
    ["Deactivate Users off", { deactivateUsers: false }, /^Deactivate Users is off: .*active account/],
    [
      "memberships that are not pushed",
      { pushMembershipsImmediately: false },
      /^Push group memberships immediately is off: .*only with Push now\.$/,
    ],
  ])("%s", (_mistake, settings, warning) => {
    expect(warnings(settings)).toEqual([expect.stringMatching(warning)]);
  });

  test("a group that assigns the app and is pushed (Okta: App assignments and Group Push)", () => {
    expect(warnings({}, { ...company, assignedGroups: new Set(["data"]) })).toEqual([
      "the group data is both assigned and pushed, which Okta does not support: memberships get lost.",
    ]);
  });
});

describe("nothing to say", () => {
  test("about the documented set-up", () => {
    expect(warnings({})).toEqual([]);
  });

  test.each(["catalog", "wizard"] as const)("%s looks by the userName that it sends", (integration) => {
    expect(warnings({ ...byLogin, integration })).toEqual([]);
  });

  test("about who is not assigned, and about capital letters", () => {
    const applicationUsername = "String.toUpperCase(user.email)";
    expect(warnings({ applicationUsername })).toEqual([]);
    expect(warnings(byLogin, { ...company, assignedUsers: new Set() })).toEqual([]);
  });

  test("about memberships where nothing is pushed", () => {
    const settings = { pushMembershipsImmediately: false };
    expect(warnings(settings, { ...company, pushedGroups: new Set() })).toEqual([]);
  });
});
