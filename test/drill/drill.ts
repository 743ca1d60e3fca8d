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

export async function drill(place: Place, size: Size): Promise<void> {
  expect(await findings(place)).toEqual([]);
  const expected = await damage(place, size);
  expect(new Set(expected.map(kindOf)).size).toBeGreaterThanOrEqual(7);
  const damaged = await snapshot(place);
  expect(await findings(place)).toEqual(expected);

  for (const [command, allowed] of [
    ["resync", mayChange],
    ["delete", mayDelete],
  ] as const) {
    const words = [command, "--all", "--yes", "--json", ...allowed, ...place.source];
    expect(failures(await place.run(...words))).toEqual([]);
  }
  expect(await findings(place)).toEqual(expected.filter((finding) => onlyProviderMends(finding)));

  const leftOut: string[] = [];
  for (const run of (await runsAt(place)).slice(0, 2)) {
    const undone = await place.run("undo", run, "--yes", "--json", ...mayChange);
    expect(failures(undone)).toEqual([]);
    expect(undone.status).toBe(0);
    leftOut.push(...reasonsOf(undone));
  }
  expect(new Set(leftOut)).toEqual(
    new Set(["gets a new SCIM ID, and the provider stays linked to the old one"]),
  );
  expect(await snapshot(place)).toEqual(damaged);
  expect(await findings(place)).toEqual(expected);
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
  readonly leftOut: readonly { readonly reason: string }[];
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

function reasonsOf(result: CommandResult): readonly string[] {
  return parsed(result).leftOut.map(({ reason }) => reason);
}
