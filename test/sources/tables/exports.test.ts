/** The exports of Okta's and Entra's consoles, recognised by their headers. */

import { describe, expect, test } from "vitest";
import { plainDirectory, readDirectory, refusalOf, type Files } from "../../support/directory-in-files.ts";

const assignmentColumns =
  "User,Login,Application name,Application instance,Application login,Assigned on,Unassigned on,Last login,Last password change";

function assignments(...rows: readonly (readonly [login: string, appLogin: string, app?: string])[]): string {
  const lines = rows.map(
    ([login, appLogin, app = "Astro"]) =>
      `"Somebody",${login},scim,${app},${appLogin},2026-01-02T03:04:05Z,,2026-11-01T08:00:00Z,`,
  );
  return [assignmentColumns, ...lines, ""].join("\r\n");
}

const okta: Files = {
  "current.csv": assignments(["ada.l", "ada@example.com"], ["grace.h", "grace@example.com"]),
  "recent.csv":
    "fullName,assigneeOktaUsername,assigneeAppUsername,assigneeOktaId,unassigned,appUserStatus\r\n" +
    "Lin,lin.c,lin@example.com,00u1234567890abcdef1,2026-11-01T08:00:00Z,UNASSIGNED\r\n" +
    "Ada,ada.l,ada@example.com,00u1234567890abcdef2,2026-10-01T08:00:00Z,ASSIGNED\r\n" +
    "Lin,lin.c,lin@example.com,00u1234567890abcdef1,2026-10-01T08:00:00Z,UNASSIGNED\r\n",
  "members.csv":
    "Group name,Okta username,User fullname,Okta user status,Group membership type\n" +
    "Engineers,ada.l,Ada,ACTIVE,Direct\nEngineers,kim@example.com,Kim,ACTIVE,By Rule\n",
};

describe("Okta", () => {
  test("Current Assignments are the assigned users, by their userName in the app", async () => {
    const read = plainDirectory(await readDirectory("csv:current.csv", okta));
    expect(read).toMatchObject({
      idp: "okta",
      users: [
        { key: "ada@example.com", profile: { login: "ada.l" } },
        { key: "grace@example.com", profile: { login: "grace.h" } },
      ],
      assignedUsers: ["ada@example.com", "grace@example.com"],
    });
  });

  test("nothing of a profile is compared, for the report has none", async () => {
    const { notCompared } = plainDirectory(await readDirectory("current.csv", okta));
    expect(notCompared).toEqual([
      "name.givenName",
      "name.familyName",
      "emails[primary eq true].value",
      "displayName",
      "profileUrl",
    ]);
  });

  test("Recent Unassignments add who left, and nobody who is assigned again", async () => {
    const read = plainDirectory(await readDirectory("current.csv,recent.csv", okta));
    expect(read.users.map(({ key }) => key)).toEqual([
      "ada@example.com",
      "grace@example.com",
      "lin@example.com",
    ]);
    expect(read.assignedUsers).toEqual(["ada@example.com", "grace@example.com"]);
  });

  test("Group Membership makes pushed groups; members who are not assigned stay so", async () => {
    const read = plainDirectory(await readDirectory("current.csv,members.csv", okta));
    expect(read.groups).toEqual([{ name: "Engineers", members: ["ada@example.com", "kim@example.com"] }]);
    expect(read.pushedGroups).toEqual(["Engineers"]);
    expect(read.assignedUsers).not.toContain("kim@example.com");
  });

  test("a user with several assignments of the app is one user", async () => {
    const twice = assignments(["ada.l", "ada@example.com"], ["ada.l", "ada@example.com"]);
    const read = plainDirectory(await readDirectory("current.csv", { "current.csv": twice }));
    expect(read.users).toHaveLength(1);
  });

  test("of several apps one is chosen", async () => {
    const files = {
      "current.csv": assignments(["ada.l", "ada@example.com"], ["bob", "bob@example.com", "Slack"]),
    };
    expect(await refusalOf(readDirectory("current.csv", files))).toBe(
      "[usage] current.csv has the assignments of several apps: Astro and Slack.",
    );
    const read = plainDirectory(await readDirectory("current.csv", files, { app: "astro" }));
    expect(read.users.map(({ key }) => key)).toEqual(["ada@example.com"]);
  });
});

const userColumns =
  "userPrincipalName,displayName,surname,mail,givenName,id,userType,jobTitle,department,accountEnabled";
const [adaId, linId, kimId, groupId] = [1, 2, 3, 4].map((at) => `00000000-0000-4000-8000-00000000000${at}`);
const entra: Files = {
  "users.csv": [
    userColumns,
    `ada@corp.example,Ada L,Lovelace,ada@example.com,Ada,${adaId},Member,Engineer,R&D,True`,
    `lin@corp.example,Lin,C,,Lin,${linId},Guest,,,True`,
    `kim@corp.example,Kim,K,kim@example.com,Kim,${kimId},Member,,,False`,
    "",
  ].join("\r\n"),
  "exportGroupMembers_2026-11-1.csv": [
    "id,userPrincipalName,displayName,objectType,userType",
    `${adaId},ada@corp.example,Ada L,User,Member`,
    `${kimId},kim@corp.example,Kim,User,Member`,
    `${groupId},,Inner,Group,`,
    "",
  ].join("\r\n"),
};

describe("Entra", () => {
  test("Download users are the users, with mail, object id and whether they are blocked", async () => {
    const { directory } = await readDirectory("users.csv", entra);
    expect([...directory.users.values()]).toMatchObject([
      { key: "ada@example.com", objectId: adaId, status: "active", profile: { department: "R&D" } },
      { key: "lin@corp.example", objectId: linId, profile: { mail: null, userType: "Guest" } },
      { key: "kim@example.com", objectId: kimId, status: "blocked" },
    ]);
  });

  test("Download members are joined by object id; the group is assigned, and groups within it are left out", async () => {
    const spec = "users.csv,Data Platform=exportGroupMembers_2026-11-1.csv";
    const read = plainDirectory(await readDirectory(spec, entra));
    expect(read.groups).toEqual([{ name: "Data Platform", members: ["ada@example.com", "kim@example.com"] }]);
    expect(read).toMatchObject({ assignedGroups: ["Data Platform"], assignedUsers: [], notCompared: [] });
  });

  test("the names of the columns may be those of the view", async () => {
    const files = {
      "users.csv": `User principal name,Display name,Email,Object ID,Account enabled\nada@corp.example,Ada,ada@example.com,${adaId},true\n`,
      "m.csv": `Object ID,User principal name,Display name,Member type\n${adaId},ada@corp.example,Ada,User\n`,
    };
    const read = plainDirectory(await readDirectory("users.csv,G=m.csv", files));
    expect(read.groups).toEqual([{ name: "G", members: ["ada@example.com"] }]);
  });
});

describe("Entra's users without the column accountEnabled", () => {
  const files = {
    "users.csv": `userPrincipalName,mail,objectId\nada@corp.example,ada@example.com,${adaId}\n`,
    "own.csv": "mail,userPrincipalName\nada@example.com,ada@corp.example\n",
  };

  test.each(["users.csv", "own.csv"])("%s: that everybody is enabled is assumed, and said", async (file) => {
    const { assumed } = await readDirectory(file, files);
    expect(assumed).toEqual([
      {
        setting: "Account enabled",
        value: "yes, for every user",
        why: `${file} has no column accountEnabled, so a blocked user looks like an active one`,
      },
    ]);
  });

  test("with it, nothing is assumed", async () => {
    expect((await readDirectory("users.csv", entra)).assumed).toEqual([]);
  });
});

test.each([
  ["Yes", "active"],
  ["No", "blocked"],
  ["TRUE", "active"],
  ["false", "blocked"],
])("accountEnabled %s is %s", async (word, status) => {
  const files = {
    "users.csv": `${userColumns}\nlin@corp.example,Lin,C,a@b.io,Lin,${linId},Member,,,${word}\n`,
  };
  const { directory } = await readDirectory("users.csv", files);
  expect([...directory.users.values()]).toMatchObject([{ status }]);
});

describe("what is refused", () => {
  test.each<readonly [rule: string, spec: string, files: Files, refusal: string]>([
    [
      "unassignments without assignments",
      "recent.csv",
      {},
      "[usage] None of the files has the users of the directory.",
    ],
    [
      "reports that disagree about somebody",
      "current.csv,recent.csv",
      { "current.csv": assignments(["grace.h", "grace@example.com"]) },
      "[source-incomplete] recent.csv:3:5 ada.l is assigned again according to this report, and is missing in the current assignments.",
    ],
    [
      "an assignment without a userName",
      "current.csv",
      { "current.csv": assignments(["ada.l", ""]) },
      '[source-incomplete] current.csv:2:29 "Application login" is empty in this row.',
    ],
    [
      "members of a group that is not named",
      "users.csv,exportGroupMembers_2026-11-1.csv",
      {},
      "[usage] exportGroupMembers_2026-11-1.csv lists the members of one group, but does not name the group.",
    ],
    [
      "members without the users",
      "G=exportGroupMembers_2026-11-1.csv",
      {},
      "[usage] None of the files has the users of the directory.",
    ],
    [
      "a member whom the users lack",
      "users.csv,G=m.csv",
      { "m.csv": `id,userPrincipalName,objectType\n${groupId},who@corp.example,User\n` },
      '[source-incomplete] m.csv:2:38 No file has the user "who@corp.example".',
    ],
    [
      "users without any mail address",
      "users.csv",
      { "users.csv": `${userColumns}\nlin@corp.example,Lin,C,,Lin,${linId},Guest,,,True\n` },
      "[source-incomplete] users.csv:2:24 No user in users.csv has a mail address.",
    ],
    [
      "a user of whom it is not said in known words whether the account is enabled",
      "users.csv",
      { "users.csv": `${userColumns}\nlin@corp.example,Lin,C,a@b.io,Lin,${linId},Member,,,FALSCH\n` },
      '[source-incomplete] users.csv:2:81 "accountEnabled" is "FALSCH", and not true or false.',
    ],
    [
      "a user of whom it is not said whether the account is enabled",
      "users.csv",
      { "users.csv": `${userColumns}\nlin@corp.example,Lin,C,a@b.io,Lin,${linId},Member,,,\n` },
      '[source-incomplete] users.csv:2:81 "accountEnabled" is "", and not true or false.',
    ],
    [
      "a member of a type that is not known",
      "users.csv,G=m.csv",
      { "m.csv": `id,userPrincipalName,objectType\n${adaId},ada@corp.example,Benutzer\n` },
      '[source-incomplete] m.csv:2:55 "objectType" is "Benutzer", a type of member that is not known.',
    ],
    [
      "users without the column mail",
      "users.csv",
      {
        "users.csv": `userPrincipalName,displayName,id,accountEnabled\nlin@corp.example,Lin,${linId},True\n`,
      },
      '[invalid-file] users.csv:1:1 This looks like the users of Entra ID, but it lacks "mail".',
    ],
    [
      "a row that is cut",
      "users.csv",
      { "users.csv": `${userColumns}\nlin@corp.example,Lin,C,\n` },
      "[source-incomplete] users.csv:2:1 This row has 4 cells, but the header names 10 columns.",
    ],
    [
      "exports of two providers",
      "users.csv,current.csv",
      {},
      "[usage] current.csv is from Okta, but users.csv is from Microsoft Entra ID.",
    ],
  ])("%s", async (_, spec, files, refusal) => {
    expect(await refusalOf(readDirectory(spec, { ...okta, ...entra, ...files }))).toBe(refusal);
  });
});
