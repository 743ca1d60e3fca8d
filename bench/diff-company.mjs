// The company of `diffAtScale`: as tables beside a fixture, and as what Astro holds.

import { writeFile } from "node:fs/promises";
import { join } from "node:path";

const membershipsEach = 3;
const usersInGroup = 600;

export function groupNameOf(at) {
  return `group ${at}`;
}

/** The fixture `company.yaml` with its three tables in the folder. */
export async function writeCompany(folder, users, format) {
  const write = format === "csv" ? asCsv : asNdjson;
  const tables = {
    users: Array.from({ length: users }, (_, at) => personOf(at)),
    groups: Array.from({ length: groupCount(users) }, (_, at) => ({ name: groupNameOf(at), push: true })),
    memberships: [...memberships(users)],
  };
  for (const [key, rows] of Object.entries(tables)) {
    await writeFile(join(folder, `${key}.${format}`), write(rows));
  }
  const lines = Object.keys(tables).map((key) => `${key}: { file: ${key}.${format} }\n`);
  await writeFile(join(folder, `company-${format}.yaml`), `idp: okta\n${lines.join("")}`);
}

export function seedOf(users) {
  const members = Array.from({ length: groupCount(users) }, () => []);
  for (const { at, group } of pairs(users)) members[group].push(personOf(at).email);
  return {
    users: Array.from({ length: users }, (_, at) => seedUserOf(at)),
    teams: members.map((people, at) => ({ name: groupNameOf(at), members: people })),
  };
}

function personOf(at) {
  return {
    email: `person.${at}@example.com`,
    firstName: `Given${at}`,
    lastName: `Family${at}`,
    displayName: `Given${at} Family${at}`,
  };
}

function seedUserOf(at) {
  const { email, firstName, lastName, displayName } = personOf(at);
  return {
    userName: email,
    email,
    displayName,
    givenName: firstName,
    familyName: lastName,
    active: true,
    role: at === 0 ? "ORGANIZATION_OWNER" : "ORGANIZATION_MEMBER",
  };
}

function* memberships(users) {
  for (const { at, group } of pairs(users)) yield { group: groupNameOf(group), user: personOf(at).email };
}

function* pairs(users) {
  const groups = groupCount(users);
  for (let at = 0; at < users; at += 1) {
    for (let one = 0; one < membershipsEach; one += 1) yield { at, group: (at * 7 + one) % groups };
  }
}

function groupCount(users) {
  return Math.ceil((users * membershipsEach) / usersInGroup);
}

function asNdjson(rows) {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join("");
}

function asCsv(rows) {
  const lines = [Object.keys(rows[0]), ...rows.map((row) => Object.values(row))];
  return lines.map((cells) => `${cells.join(",")}\n`).join("");
}
