/** A directory from tables in the form of a fixture: how they are named, joined, and what is wrong in them. */

import { describe, expect, test } from "vitest";
import { plainDirectory, readDirectory, refusalOf, type Files } from "../../support/directory-in-files.ts";

const people = "email,firstName,lastName\nada@example.com,Ada,Lovelace\ngrace@example.com,Grace,Hopper\n";
const groups = "name,push\nEngineers,true\nGuests,false\n";
const memberships = "group,user\nEngineers,ada@example.com\nengineers,GRACE@example.com\n";
const three: Files = { "people.csv": people, "groups.csv": groups, "memberships.csv": memberships };

describe("three tables", () => {
  test.each([
    ["with a scheme", "csv:people.csv,groups.csv,memberships.csv"],
    ["by their endings", "people.csv,groups.csv,memberships.csv"],
    ["in another order", "memberships.csv,people.csv,groups.csv"],
  ])("are one directory: %s", async (_, spec) => {
    const read = plainDirectory(await readDirectory(spec, three));
    expect(read).toMatchObject({
      idp: "okta",
      assignedUsers: ["ada@example.com", "grace@example.com"],
      pushedGroups: ["Engineers"],
      groups: [
        { name: "Engineers", members: ["ada@example.com", "grace@example.com"] },
        { name: "Guests", members: [] },
      ],
    });
  });

  test("may be NDJSON, or JSON in one file", async () => {
    const user = { email: "ada@example.com", firstName: "Ada" };
    const lists = { users: [user], groups: [{ name: "G", push: true, members: ["ada@example.com"] }] };
    const ndjson = await readDirectory("ndjson:people.txt,groups.txt", {
      "people.txt": `${JSON.stringify(user)}\n`,
      "groups.txt": JSON.stringify(lists.groups[0]),
    });
    const json = await readDirectory("company.json", { "company.json": JSON.stringify(lists) });
    expect(plainDirectory(json)).toEqual(plainDirectory(ndjson));
    expect(plainDirectory(json).groups).toEqual([{ name: "G", members: ["ada@example.com"] }]);
  });

  test("of users alone is a directory without groups", async () => {
    const read = plainDirectory(await readDirectory("people.csv", three));
    expect(read.groups).toEqual([]);
    expect(read.users.map(({ key }) => key)).toEqual(["ada@example.com", "grace@example.com"]);
  });
});

describe("groups", () => {
  test("of a column groups are all pushed in Okta", async () => {
    const csv = "email,groups\nada@example.com,A;B\ngrace@example.com,B\nlin@example.com,\n";
    const read = plainDirectory(await readDirectory("people.csv", { "people.csv": csv }));
    expect(read.groups).toEqual([
      { name: "A", members: ["ada@example.com"] },
      { name: "B", members: ["ada@example.com", "grace@example.com"] },
    ]);
    expect(read.pushedGroups).toEqual(["A", "B"]);
  });

  test("of a column groups are all assigned in Entra, and so are their members alone", async () => {
    const csv = "mail,groups\nada@example.com,A\nlin@example.com,\n";
    const read = plainDirectory(await readDirectory("people.csv", { "people.csv": csv }));
    expect(read).toMatchObject({ idp: "entra", assignedGroups: ["A"], assignedUsers: [], pushedGroups: [] });
  });

  test("without a column that says which become Teams all do", async () => {
    const read = plainDirectory(
      await readDirectory("people.csv,groups.csv", { ...three, "groups.csv": "name\nX\nY\n" }),
    );
    expect(read.pushedGroups).toEqual(["X", "Y"]);
  });

  test("may be named by memberships alone, and by a login", async () => {
    const read = await readDirectory("people.csv,m.csv", {
      "people.csv": "email,login\nada@example.com,al\n",
      "m.csv": "group,user\nX,AL\n",
    });
    expect(plainDirectory(read).groups).toEqual([{ name: "X", members: ["ada@example.com"] }]);
  });

  test("may be given as a list of members with the group's name before it", async () => {
    const read = await readDirectory("people.csv,Data Platform=members.csv", {
      ...three,
      "members.csv": "Username,Status\nada@example.com,ACTIVE\n",
    });
    expect(plainDirectory(read).groups).toEqual([{ name: "Data Platform", members: ["ada@example.com"] }]);
  });
});

test("the columns of a table of groups are those of the provider, whatever tells it", async () => {
  const read = await readDirectory("g.csv,p.ndjson", {
    "g.csv": "name,securityEnabled\nX,true\n",
    "p.ndjson": '{"mail":"ada@example.com"}\n',
  });
  expect(plainDirectory(read)).toMatchObject({ idp: "entra", assignedGroups: ["X"] });
});

test("attributes without a column are not compared", async () => {
  expect(plainDirectory(await readDirectory("people.csv", three)).notCompared).toEqual([
    "displayName",
    "profileUrl",
  ]);
});

describe("what is refused", () => {
  test.each<readonly [rule: string, spec: string, files: Files, refusal: string]>([
    [
      "a membership of somebody whom no file has",
      "people.csv,m.csv",
      { "m.csv": "group,user\nX,nobody@example.com\n" },
      '[source-incomplete] m.csv:2:3 No file has the user "nobody@example.com".',
    ],
    [
      "a membership of a group that the table of groups lacks",
      "people.csv,groups.csv,m.csv",
      { "m.csv": "group,user\nOthers,ada@example.com\n" },
      '[source-incomplete] m.csv:2:1 No file has the group "Others".',
    ],
    [
      "a member whom no file has",
      "people.csv,g.csv",
      { "g.csv": "name,members\nX,ada@example.com;nobody@example.com\n" },
      '[source-incomplete] g.csv:2:3 No file has the user "nobody@example.com".',
    ],
    [
      "a user twice",
      "p.csv",
      { "p.csv": "email\nada@example.com\nADA@example.com\n" },
      '[invalid-file] p.csv:3:1 The e-mail address "ADA@example.com" is used by an entry above (spelled "ada@example.com" there; case is ignored).',
    ],
    [
      "a user in two files",
      "people.csv,p.csv",
      { "p.csv": "email\nada@example.com\n" },
      '[invalid-file] p.csv:2:1 The e-mail address "ada@example.com" is used by an entry above.',
    ],
    [
      "what is no address",
      "p.csv",
      { "p.csv": "email,firstName\nada@example.com,Ada\nnobody,N\n" },
      '[invalid-file] p.csv:3:1 "email" is not an e-mail address: "nobody".',
    ],
    [
      "an unknown column",
      "p.csv",
      { "p.csv": "email,frstName\nada@example.com,Ada\n" },
      '[invalid-file] p.csv:1:7 Unknown column "frstName".',
    ],
    [
      "a column twice",
      "p.csv",
      { "p.csv": "email,email\nada@example.com,Ada\n" },
      '[invalid-file] p.csv:1:7 The column "email" is there twice.',
    ],
    ["an empty file", "p.csv", { "p.csv": "" }, "[source-incomplete] p.csv:1:1 p.csv is empty."],
    ["a header alone", "p.csv", { "p.csv": "email\n" }, "[source-incomplete] p.csv:1:1 p.csv has no rows."],
    [
      "a quoted cell that never ends",
      "p.csv",
      { "p.csv": 'email,firstName\nada@example.com,"Ada\n' },
      "[source-incomplete] p.csv:2:17 The quotation mark of this cell is never closed.",
    ],
    [
      "a last row without its line break",
      "p.csv",
      { "p.csv": "email,firstName\nada@example.com,Ad" },
      "[source-incomplete] p.csv:2:18 p.csv does not end with a line break, so its last row may be cut off.",
    ],
    [
      "a row with fewer cells than the header",
      "p.csv",
      { "p.csv": "email,firstName\nada@example.com\ngrace@example.com,Grace\n" },
      "[source-incomplete] p.csv:2:1 This row has 1 cell, but the header names 2 columns.",
    ],
    [
      "a last NDJSON line that is cut",
      "p.ndjson",
      { "p.ndjson": '{"email":"ada@example.com"}\n{"email":"gra' },
      "[source-incomplete] p.ndjson:2:1 This line is not a JSON object.",
    ],
    [
      "a line of NDJSON that is no object",
      "p.ndjson",
      { "p.ndjson": '{"email":"ada@example.com"}\nnothing\n{"email":"grace@example.com"}\n' },
      "[invalid-file] p.ndjson:2:1 This line is not a JSON object.",
    ],
    [
      "JSON that is cut",
      "p.json",
      { "p.json": '[{"email":"ada@example.com"},' },
      "[source-incomplete] p.json:1:29 p.json ends within its JSON.",
    ],
    [
      "JSON that has something else",
      "p.json",
      { "p.json": '{"value":[]}' },
      '[invalid-file] p.json:1:1 p.json is not a directory in JSON. It has "value".',
    ],
    [
      "a wrong entry in JSON, with its place",
      "p.json",
      { "p.json": '[\n  {"email": "ada@example.com"},\n  {"email": "nobody"}\n]' },
      '[invalid-file] p.json:3:4 "email" is not an e-mail address: "nobody".',
    ],
    [
      "columns that tell nothing",
      "p.csv",
      { "p.csv": "Person,Address\nAda,London\n" },
      '[invalid-file] p.csv:1:1 The columns do not show what this file contains: "Person" and "Address".',
    ],
    [
      "no users",
      "groups.csv",
      {},
      "[usage] The files do not show whether the directory is from Okta or from Microsoft Entra ID.",
    ],
    [
      "users of two providers",
      "people.csv,e.csv",
      { "e.csv": "mail\nada@example.com\n" },
      "[usage] e.csv is from Microsoft Entra ID, but people.csv is from Okta.",
    ],
    ["a file twice", "people.csv,people.csv", {}, "[usage] people.csv is given twice."],
    [
      "a file that is not there",
      "none.csv",
      {},
      "[invalid-file] none.csv cannot be read: there is no such file.",
    ],
    [
      "a group's name before what is no list of members",
      "X=groups.csv,people.csv",
      {},
      "[usage] groups.csv is not a list of the members of one group.",
    ],
  ])("%s", async (_, spec, files, refusal) => {
    expect(await refusalOf(readDirectory(spec, { ...three, ...files }))).toBe(refusal);
  });

  test("several mistakes together", async () => {
    const refusal = await refusalOf(
      readDirectory("people.csv,m.csv", { ...three, "m.csv": "group,user\nX,b@x.org\nX,c@x.org\n" }),
    );
    expect(refusal).toContain("The directory has 2 mistakes:");
    expect(refusal).toContain("m.csv:3:3");
  });
});
