// The first provisioning of 10,000 users and 500 groups, by each provider.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compareRehearsal } from "./rehearsal.mjs";

const users = 10_000;
const groups = 500;
const membersOfEach = 20;

export async function firstProvisioning() {
  const folder = await mkdtemp(join(tmpdir(), "astro-scim-bench-"));
  try {
    const rows = [];
    for (const provider of ["okta", "entra"]) {
      const file = join(folder, `${provider}.yaml`);
      await writeFile(file, fixtures[provider]());
      const what = `, ${users} users and ${groups} groups`;
      rows.push(await compareRehearsal({ provider, file, rounds: 3, atLeast: 0.8, what }));
    }
    return rows;
  } finally {
    await rm(folder, { recursive: true });
  }
}

const fixtures = {
  okta: () =>
    fixture(
      "okta",
      (at) => `{ email: ${mailOf(at)}, firstName: Person, lastName: "${at}", displayName: Person ${at} }`,
      "push: true",
    ),
  entra: () =>
    fixture(
      "entra",
      (at) => `{ mail: ${mailOf(at)}, displayName: Person ${at}, assigned: true }`,
      "assign: true",
    ),
};

function fixture(idp, userOf, mark) {
  const people = Array.from({ length: users }, (_, at) => `  - ${userOf(at)}\n`);
  const teams = Array.from({ length: groups }, (_, at) => {
    const members = Array.from({ length: membersOfEach }, (_none, n) =>
      mailOf((at * membersOfEach + n) % users),
    );
    return `  - { name: team-${at}, ${mark}, members: [${members.join(", ")}] }\n`;
  });
  return `idp: ${idp}\nusers:\n${people.join("")}groups:\n${teams.join("")}`;
}

function mailOf(at) {
  return `person.${at}@example.com`;
}
