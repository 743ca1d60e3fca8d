/**
 * A drill: a provisioned company is damaged at random, the damage is found exactly, repaired and undone. What undo cannot put back
 * is what it lists.
 */

import { expect } from "vitest";
import { readPlainState } from "../support/plain-state.ts";
import type { CommandResult } from "../support/run-command.ts";
import { damage, rolesAt, type Finding } from "./damage.ts";
import { runsAt, type Place, type Size } from "./place.ts";

/** A drill breaks more than a repair may take away by itself. */
const mayDelete = ["--max-deletions", "100%"];
const mayChange = ["--max-removals", "100%", ...mayDelete];

/** Resolves to the number of differences that were found, repaired and undone. */
export async function drill(place: Place, size: Size): Promise<number> {
  expect(await findings(place)).toEqual([]);
  const expected = await damage(place, size);
  expect(new Set(expected.map(kindOf)).size).toBeGreaterThanOrEqual(7);
  const damaged = await snapshot(place);
  expect(await findings(place)).toEqual(expected);

  for (const [command, allowed] of [
    ["resync", mayChange],
    ["delete", mayDelete],
  ] as const) {
    const words = [command, "--all", "--yes", "--json", ...allowed, ...place.way, ...place.source];
    expect(failures(await place.run(...words))).toEqual([]);
  }
  expect(await findings(place)).toEqual(
    place.isThroughProvider ? [] : expected.filter((finding) => onlyProviderMends(finding)),
  );

  const leftOut = await undoAll(place);
  if (place.isThroughProvider) {
    expectListed(expected, { found: await findings(place), names: leftOut.map(({ name }) => name) });
    return expected.length;
  }
  expect(new Set(leftOut.map(({ reason }) => reason))).toEqual(
    new Set(["gets a new SCIM ID, and the provider stays linked to the old one"]),
  );
  expect(await snapshot(place)).toEqual(damaged);
  expect(await findings(place)).toEqual(expected);
  return expected.length;
}

/** What a provider did is not undone: each difference that is not back is of somebody whom undo lists. */
function expectListed(
  expected: readonly Finding[],
  { found, names }: { readonly found: readonly Finding[]; readonly names: readonly string[] },
): void {
  const before = new Set(expected);
  // A Team that was missing stays, and who is deactivated again leaves it.
  const followsFrom = (finding: Finding): boolean => {
    const [, team = "", user = ""] = /^lacks (.*): (.*)$/.exec(finding) ?? [];
    return before.has(`team-missing ${team}`) && before.has(`user-inactive ${user}`);
  };
  expect(found.filter((finding) => !before.has(finding) && !followsFrom(finding))).toEqual([]);
  const notBack = expected.filter((finding) => !found.includes(finding));
  expect(notBack.filter((finding) => !names.some((name) => finding.includes(name)))).toEqual([]);
  expect(found.length).toBeGreaterThan(expected.length / 3);
}

/** Undoes all runs, the last one first; resolves to what cannot be put back. */
async function undoAll(place: Place): Promise<RepairJson["leftOut"]> {
  const leftOut: RepairJson["leftOut"][number][] = [];
  for (const run of await runsAt(place)) {
    const undone = await place.run("undo", run, "--yes", "--json", ...mayChange);
    expect(failures(undone)).toEqual([]);
    expect(undone.status).toBe(0);
    leftOut.push(...parsed(undone).leftOut);
  }
  return leftOut;
}

/** Everything but SCIM ids, which undo lists. */
async function snapshot(place: Place): Promise<unknown> {
  return { ...(await readPlainState(place.server)), roles: await rolesAt(place) };
}

function kindOf(finding: Finding): string {
  return finding.split(" ")[0] ?? "";
}

/** What is made again over SCIM has another id than the one that the provider knows. */
function onlyProviderMends(finding: Finding): boolean {
  return kindOf(finding).endsWith("-link-broken");
}

interface Change {
  readonly kind: string;
  readonly subject: { readonly name: string };
  readonly attribute?: string;
  readonly missing?: readonly Named[];
  readonly leftOver?: readonly Named[];
}

type Named = string | { readonly userName: string };

/** What `diff` finds, sorted. */
async function findings({ run, source }: Place): Promise<readonly Finding[]> {
  const { stdout, stderr } = await run("diff", ...source, "--json");
  if (stdout === "") throw new Error(stderr);
  const { changes, unmappable } = JSON.parse(stdout) as {
    readonly changes: readonly Change[];
    readonly unmappable: readonly unknown[];
  };
  expect(unmappable).toEqual([]);
  return [...new Set(changes.flatMap(inWords))].toSorted();
}

function inWords(change: Change): readonly Finding[] {
  const { kind, attribute, missing = [], leftOver = [] } = change;
  const subject = change.subject.name;
  if (kind === "team-members-differ") {
    return [
      ...missing.map((one) => `lacks ${subject}: ${nameOf(one)}`),
      ...leftOver.map((one) => `should not have ${subject}: ${nameOf(one)}`),
    ];
  }
  return [`${kind} ${subject}${attribute === undefined ? "" : `: ${attribute}`}`];
}

function nameOf(one: Named): string {
  return typeof one === "string" ? one : one.userName;
}

interface RepairJson {
  readonly operations: readonly {
    readonly id: string;
    readonly outcome: { readonly status: string; readonly reason: string | null } | null;
  }[];
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
  readonly refusals: readonly unknown[];
}

function parsed({ stdout, stderr }: CommandResult): RepairJson {
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout) as RepairJson;
}

/** What was refused or not done. */
function failures(result: CommandResult): readonly unknown[] {
  const { operations, refusals } = parsed(result);
  if (refusals === undefined) throw new Error(`${result.stdout}${result.stderr}`);
  return [...refusals, ...operations.filter(({ outcome }) => outcome?.status !== "done")];
}
