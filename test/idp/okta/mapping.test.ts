import { describe, expect, test } from "vitest";

import { documentedOktaSettings, type OktaAppSettings } from "../../../src/directory/app-settings.ts";
import type { Directory, DirectoryUser } from "../../../src/directory/directory.ts";
import {
  compileMapping,
  isSameProfile,
  mapUser,
  type AppProfile,
} from "../../../src/idp/okta/mapping/mapping.ts";
import { isUnmappable, type Unmappable } from "../../../src/idp/accounts/unmappable.ts";
import { aDirectory, aGroup, aUser } from "../../support/builders.ts";

const ada = "ada@example.com";
const grace = "grace@example.com";

function company(changes: Partial<DirectoryUser> = {}): Directory {
  return aDirectory({
    users: [aUser(ada, changes), aUser(grace, { profile: { skills: ["sql", "go"] } })],
    groups: [aGroup("admins", [ada]), aGroup("everybody", [ada, grace])],
  });
}

function mapped(
  settings: Partial<OktaAppSettings>,
  { directory = company(), user = ada, now }: { directory?: Directory; user?: string; now?: Date } = {},
): AppProfile | Unmappable {
  const mapping = compileMapping({ ...documentedOktaSettings, mappings: {}, ...settings }, directory, now);
  return mapUser(mapping, directory.users.get(user)!);
}

/** What the mapping of displayName makes of a user; undefined where it makes nothing. */
function displayName(expression: string, about?: Parameters<typeof mapped>[1]): string | undefined {
  const profile = mapped({ mappings: { displayName: expression } }, about);
  if (isUnmappable(profile)) throw new Error(profile.reason);
  return profile.attributes.displayName;
}

describe("what an expression of a mapping sees of the directory", () => {
  test.each<[expression: string, value: string | undefined]>([
    ['user.getInternalProperty("id")', "00u-ada"],
    ['user.getInternalProperty("status")', "ACTIVE"],
    ['isMemberOfGroupName("admins") ? "admin" : "user"', "admin"],
    ['isMemberOfGroup("00g-admins") ? "admin" : "user"', "admin"],
    ['isMemberOfGroupName("Everyone") ? "all" : "none"', "all"],
    ["Arrays.toCsvString(user.getGroups({'group.type': 'OKTA_GROUP'}).![name])", "admins,everybody"],
    ["Arrays.toCsvString(user.getGroups({'group.type': 'BUILT_IN'}).![name])", "Everyone"],
    ["user.skills == null ? 'none' : 'some'", "none"],
    ["1 + 1", "2"],
    ["true", "true"],
    ["''", undefined],
    ["null", undefined],
    ["Time.now()", "2026-09-01T08:00:00.000Z"],
  ])("%s", (expression, value) => {
    expect(displayName(expression, { now: new Date("2026-09-01T08:00:00Z") })).toBe(value);
  });

  test.each<[status: DirectoryUser["status"], value: string | undefined]>([
    ["suspended", "SUSPENDED"],
    // DEPROVISIONED is not among the documented values.
    ["deactivated", undefined],
  ])("the status of a user who is %s", (status, value) => {
    const directory = company({ status });
    expect(displayName('user.getInternalProperty("status")', { directory })).toBe(value);
  });

  test("of another user, other groups", () => {
    expect(displayName('isMemberOfGroupName("admins") ? "admin" : "user"', { user: grace })).toBe("user");
  });
});

describe("properties of the app and of the organization (Okta Expression Language overview)", () => {
  const settings = {
    appProperties: { domain: "example.com" },
    orgProperties: { name: "Example", subDomain: "example" },
  };

  test("app.<property>, org.name and org.subDomain are read as they are told", () => {
    const mappings = { displayName: 'app.domain + "/" + org.name + "/" + org.subDomain' };
    expect(mapped({ ...settings, mappings })).toMatchObject({
      attributes: { displayName: "example.com/Example/example" },
    });
  });

  test("the application username format reads them, too", () => {
    const applicationUsername = 'String.substringBefore(user.email, "@") + "@" + app.domain';
    expect(mapped({ ...settings, applicationUsername })).toMatchObject({ userName: ada });
  });

  test("a name that comes near one is proposed", () => {
    expect(() => mapped({ ...settings, mappings: { displayName: "org.subdomain" } })).toThrow(
      "(did you mean org.subDomain?)",
    );
  });

  test("another organization is a change, also where the mappings ask for groups", () => {
    const mappings = { displayName: 'isMemberOfGroupName("admins") ? org.name : ""' };
    const [first, second] = [{ name: "Example" }, { name: "Sample" }].map((orgProperties) =>
      mapped({ orgProperties, mappings }),
    );
    expect(isSameProfile(first as AppProfile, second as AppProfile)).toBe(false);
  });
});

test("a custom attribute that nobody has yet is null, and no mistake", () => {
  const mappings = { displayName: "user.badge == null ? 'none' : user.badge" };
  expect(mapped({ customAttributes: ["badge"], mappings })).toMatchObject({
    attributes: { displayName: "none" },
  });
});

describe("appuser in a mapping towards the app", () => {
  test("is what the mappings make, in whatever order they stand", () => {
    const profile = mapped({
      mappings: {
        displayName: 'appuser.givenName + " <" + appuser.userName + ">"',
        profileUrl: "appuser.displayName + appuser.familyName",
        givenName: "String.toUpperCase(user.firstName)",
      },
    });
    expect(profile).toEqual({
      userName: ada,
      attributes: {
        givenName: "ADA",
        displayName: `ADA <${ada}>`,
        profileUrl: `ADA <${ada}>`,
      },
    });
  });

  test.each<[settings: Partial<OktaAppSettings>, message: string | RegExp]>([
    [
      {
        mappings: { displayName: "appuser.givenName", givenName: "appuser.displayName", email: "user.email" },
      },
      "The mappings of displayName, givenName read each other through appuser.",
    ],
    [{ mappings: { email: "appuser.email" } }, "The mappings of email read each other through appuser."],
    [
      { applicationUsername: "appuser.email" },
      "The application username format is not valid: appuser.email is not in the app profile here; found at position 1.",
    ],
    [
      { mappings: { email: "1 + appuser.emial" } },
      "The mapping of email is not valid: appuser.emial is not in the app profile here (did you mean appuser.email?); found at position 5.",
    ],
  ])("%j", (settings, message) => {
    expect(() => mapped(settings)).toThrow(expect.objectContaining({ code: "invalid-file", message }));
  });
});

describe("names that a mapping cannot read", () => {
  test.each([
    [
      "user.frstName",
      "user.frstName is not in Okta's base profile and not set on any user (did you mean user.firstName?); found at position 1.",
    ],
    [
      "'' + org.name",
      "org.name is not a property of the organization; a fixture gives name and subDomain under app.org; found at position 6.",
    ],
    [
      "app.domain",
      "app.domain is not a property of the app; a fixture lists them under app.appProperties; found at position 1.",
    ],
    ["source.foo == 1 ? 'a' : 'b'", "user.foo is not in Okta's base profile"],
    ["{user.foo}[0]", "user.foo is not in Okta's base profile"],
    ["{'a': user.foo}", "user.foo is not in Okta's base profile"],
    ["{{1}}[user.foo]", "user.foo is not in Okta's base profile"],
    ["{1}.![user.foo]", "user.foo is not in Okta's base profile"],
    ["-user.foo", "user.foo is not in Okta's base profile"],
  ])("%s", (source, message) => {
    expect(() => mapped({ mappings: { email: source } })).toThrow(message);
  });
});

describe("a user of whom an expression makes nothing has no profile", () => {
  test.each([
    [
      "user.skills",
      "A list cannot be the value of a string attribute; Arrays.toCsvString converts it to a string.",
    ],
    ["user.skills[7]", "A list of 2 has no entry 7; its entries count from 0; calculated at position 12."],
    [
      "Time.now()",
      "The current time is available only while Okta provisions, not in a comparison; calculated at position 1.",
    ],
    [
      "findDirectoryUser().sAMAccountName",
      "null has no attribute 'sAMAccountName'; check for null first; calculated at position 20.",
    ],
  ])("%s", (source, reason) => {
    expect(mapped({ mappings: { displayName: source } }, { user: grace })).toEqual({
      kind: "unmappable",
      reason: `has no profile: ${reason}`,
    });
  });
});

describe("Group functions are evaluated when mappings are applied, not when a membership changes", () => {
  const settings = { mappings: { displayName: 'isMemberOfGroupName("admins") ? "admin" : "user"' } };
  const outside = aDirectory({ users: [aUser(ada)], groups: [aGroup("admins")] });
  const of = (given: Partial<OktaAppSettings>, directory: Directory, now?: Date): AppProfile => {
    const profile = mapped(given, { directory, ...(now === undefined ? {} : { now }) });
    if (isUnmappable(profile)) throw new Error(profile.reason);
    return profile;
  };

  test("the same Okta profile makes the same app profile, whatever the groups", () => {
    const [inside, after] = [of(settings, company()), of(settings, outside)];
    expect(inside.attributes.displayName).toBe("admin");
    expect(after.attributes.displayName).toBe("user");
    expect(isSameProfile(after, inside)).toBe(true);
  });

  test("Inferred: nor is the time a reason", () => {
    const timed = { mappings: { displayName: "Time.now()" } };
    const at = (now: string): AppProfile => of(timed, company(), new Date(now));
    const [first, later] = [at("2026-09-01T08:00:00Z"), at("2026-09-02T08:00:00Z")];
    expect(later.attributes).not.toEqual(first.attributes);
    expect(isSameProfile(later, first)).toBe(true);
  });

  test("with another Okta profile the groups count, too", () => {
    const changed = aDirectory({
      users: [aUser(ada, { profile: { title: "Countess" } })],
      groups: [aGroup("admins")],
    });
    expect(isSameProfile(of(settings, changed), of(settings, company()))).toBe(false);
  });

  test("another mapping is applied afresh", () => {
    const other = { mappings: { displayName: 'isMemberOfGroupName("admins") ? "root" : "user"' } };
    expect(isSameProfile(of(other, company()), of(settings, company()))).toBe(false);
  });

  test("mappings that ask for neither remember nothing of it", () => {
    expect(of({}, company())).toEqual({ userName: ada, attributes: {} });
  });
});
