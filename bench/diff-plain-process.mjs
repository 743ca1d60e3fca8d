// What `diff` is compared with: reads the tables, fetches every page with an undici Pool, joins both sides in Maps.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import Papa from "papaparse";
import { Pool } from "undici";

const [folder, format, users, url, token, uncounted] = process.argv.slice(2);
const pageSize = 100;
const connections = 4;

const { origin, pathname } = new URL(url);
const pool = new Pool(origin, { connections });
const headers = { authorization: `Bearer ${token}` };
let people;
let groups;
let memberships;
let accounts;
let teams;

for (let at = 0; at < Number(uncounted); at += 1) await compare();
const before = process.cpuUsage();
const start = performance.now();
const differences = await compare();
const wallMs = performance.now() - start;
const { user, system } = process.cpuUsage(before);
await pool.close();
if (differences !== 0 || accounts.length !== Number(users))
  throw new Error(`${differences} differences, ${accounts.length} accounts`);
process.stdout.write(`${JSON.stringify({ cpuMs: (user + system) / 1000, wallMs })}\n`);

async function compare() {
  people = await readTable("users");
  groups = await readTable("groups");
  memberships = await readTable("memberships");
  accounts = await fetchAll("Users");
  teams = await fetchAll("Groups");
  return joined();
}

async function readTable(name) {
  const text = await readFile(join(folder, `${name}.${format}`), "utf8");
  if (format === "csv") return Papa.parse(text, { header: true, skipEmptyLines: true }).data;
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

async function fetchAll(endpoint) {
  const first = await page(endpoint, 1);
  const starts = [];
  for (let at = 1 + pageSize; at <= first.totalResults; at += pageSize) starts.push(at);
  const pages = [first.Resources];
  let next = 0;
  const worker = async () => {
    while (next < starts.length) {
      const at = next;
      next += 1;
      pages[at + 1] = (await page(endpoint, starts[at])).Resources;
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  return pages.flat();
}

async function page(endpoint, startIndex) {
  const path = `${pathname}/${endpoint}?startIndex=${startIndex}&count=${pageSize}`;
  const { body } = await pool.request({ method: "GET", path, headers });
  return await body.json();
}

function joined() {
  const accountOf = new Map(accounts.map((account) => [account.userName.toLowerCase(), account]));
  const sizes = Math.abs(accounts.length - people.length) + Math.abs(teams.length - groups.length);
  return sizes + people.filter((person) => !isHeld(person, accountOf)).length + memberDifferences(accountOf);
}

function isHeld({ email, firstName, lastName, displayName }, accountOf) {
  const account = accountOf.get(email.toLowerCase());
  return (
    account !== undefined &&
    account.active &&
    account.emails[0].value === email &&
    account.name.givenName === firstName &&
    account.name.familyName === lastName &&
    account.displayName === displayName
  );
}

function memberDifferences(accountOf) {
  const teamOf = new Map(teams.map((team) => [team.displayName.toLowerCase(), team]));
  const wanted = new Map(groups.map(({ name }) => [name.toLowerCase(), new Set()]));
  for (const membership of memberships) {
    const account = accountOf.get(membership.user.toLowerCase());
    wanted.get(membership.group.toLowerCase()).add(account?.id);
  }
  let count = 0;
  for (const [name, ids] of wanted) {
    const held = new Set(teamOf.get(name)?.members.map(({ value }) => value));
    for (const id of ids) if (!held.has(id)) count += 1;
    for (const id of held) if (!ids.has(id)) count += 1;
  }
  return count;
}
