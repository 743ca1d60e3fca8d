/** A company of 250 behind an emulated Microsoft Graph: read live, compared with the Astro that it provisions. */

import { describe, expect, test } from "vitest";
import { documentedEntraSettings } from "../../../src/directory/entra-app-settings.ts";
import type { ProvidedDirectory } from "../../../src/directory/source.ts";
import { entraCompanyOf250 } from "../../support/entra-company.ts";
import { startEmulatedGraph } from "../../support/emulated-graph.ts";
import { driftOf, readEmulated } from "../../support/read-emulated.ts";

const { directory, planted } = entraCompanyOf250();

/** Names of users by the kind of the finding. */
function foundIn({ findings = [] }: ProvidedDirectory): Readonly<Record<string, readonly string[]>> {
  const found: Record<string, string[]> = {};
  for (const finding of findings) {
    (found[finding.kind] ??= []).push("user" in finding ? finding.user.name : finding.kind);
  }
  return Object.fromEntries(Object.entries(found).map(([kind, names]) => [kind, names.toSorted()]));
}

describe("after the first provisioning", () => {
  test("the live directory is the company's, but for what Graph hides of deleted users", async () => {
    const graph = await startEmulatedGraph({ directory });
    const read = await readEmulated(graph);
    const statuses = (of: typeof directory): unknown =>
      [...of.users.values()].map(({ objectId, status }) => [objectId, status]).toSorted();
    expect(statuses(read.directory)).toEqual(statuses(graph.company.directory()));
    expect(read.app).toEqual(documentedEntraSettings);
    expect([...read.directory.assignedGroups]).toHaveLength(10);
    expect(read.directory.assignedUsers.size).toBe(10);
    expect(read.notEvaluated).toEqual([]);
  });

  test("nothing differs, and only what was planted is found", async () => {
    const graph = await startEmulatedGraph({ directory });
    const read = await readEmulated(graph);
    const drift = await driftOf(read, graph.astro);
    expect(drift.changes).toEqual([]);
    expect(foundIn(read)).toEqual({
      "user-is-guest": [...planted.guests].toSorted(),
      "user-only-nested": [...planted.onlyNested].toSorted(),
      "user-without-mail": [...planted.withoutMail].toSorted(),
    });
  });
});
