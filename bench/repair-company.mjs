// The company of `repairSpeed`: as a fixture, and as an Astro in which every user and every Team differs from it.

import { writeFile } from "node:fs/promises";
import { join } from "node:path";

const membershipsEach = 3;

/** Gives back the path of the fixture, whose tables are NDJSON. */
export async function writeRepairFixture(folder, { users, groups }) {
  const tables = {
    users: Array.from({ length: users }, (_, at) => {
      const { email, givenName: firstName, familyName: lastName, displayName } = personOf(at);
      return { email, firstName, lastName, displayName };
    }),
    groups: Array.from({ length: groups }, (_, at) => ({ name: `team-${at}`, push: true })),
    memberships: membersOf({ users, groups }).flatMap((members, at) =>
      members.map((user) => ({ group: `team-${at}`, user })),
    ),
  };
  for (const [key, rows] of Object.entries(tables)) {
    await writeFile(join(folder, `${key}.ndjson`), rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  }
  const path = join(folder, "company.yaml");
  const lines = Object.keys(tables).map((key) => `${key}: { file: ${key}.ndjson }\n`);
  await writeFile(path, `idp: okta\n${lines.join("")}`);
  return path;
}

export function damagedSeedOf({ users, groups }) {
  return {
    users: Array.from({ length: users }, (_, at) => ({
      ...personOf(at),
      userName: personOf(at).email,
      familyName: `Before${at}`,
      active: true,
      role: at === 0 ? "ORGANIZATION_OWNER" : "ORGANIZATION_MEMBER",
    })),
    teams: membersOf({ users, groups }).map((members, at) => ({
      name: `team-${at}`,
      members: members.filter((_, n) => n % 2 === 0),
      isIdpManaged: true,
    })),
  };
}

function membersOf({ users, groups }) {
  const members = Array.from({ length: groups }, () => []);
  for (let at = 0; at < users; at += 1) {
    for (let one = 0; one < membershipsEach; one += 1)
      members[(at * 7 + one) % groups].push(personOf(at).email);
  }
  return members;
}

function personOf(at) {
  return {
    email: `person.${at}@example.com`,
    givenName: `Given${at}`,
    familyName: `Family${at}`,
    displayName: `Given${at} Family${at}`,
  };
}
