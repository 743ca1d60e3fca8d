/** What the reader of a plan has to know of the provider: nothing that we write to Astro gives the provider a link. */

import type { StateKey } from "../../astro/state.ts";
import { nameList } from "../../ground/text/name-list.ts";
import type { KnownLinks } from "../compare/broken-links.ts";
import { subjectOf } from "../compare/change.ts";
import type { Drift } from "../compare/diff.ts";
import type { Operation } from "../plan/operations/operation.ts";
import type { ProviderReport } from "./provider-report.ts";

/** None where the directory is a file. */
export function providerNotes(
  { provider, links }: Pick<Drift, "provider" | "links">,
  operations: readonly Operation[],
): readonly string[] {
  if (provider === undefined) return [];
  return [
    ...stoppedNotes(provider, operations),
    ...creations.flatMap((creation) => createdNotes(provider, links, { operations, creation })),
  ];
}

/** Provisioning that does not run keeps nothing up to date. */
function stoppedNotes(
  { name, findings }: ProviderReport,
  operations: readonly Operation[],
): readonly string[] {
  if (operations.length === 0) return [];
  const later = "until it runs again, it does not keep up to date what this plan repairs.";
  return findings.flatMap(({ finding }): readonly string[] => {
    if (finding.kind === "job-in-quarantine") {
      return [`Provisioning in ${name} is in quarantine (${finding.reason}): ${later}`];
    }
    return finding.kind === "job-not-running"
      ? [`Provisioning in ${name} does not run (${finding.state}): ${later}`]
      : [];
  });
}

interface Creation {
  readonly operation: "create-user" | "create-team";
  readonly subject: "user" | "team";
  readonly what: string;
  /** What follows without a link, without the full stop. */
  readonly consequence: string;
}

const creations: readonly Creation[] = [
  {
    operation: "create-user",
    subject: "user",
    what: "accounts",
    consequence: "Each stays active when its user leaves",
  },
  {
    operation: "create-team",
    subject: "team",
    what: "Teams",
    consequence: "Later changes of their groups do not arrive",
  },
];

/** Of what the provider says that it did not provision: a link comes from its console alone. */
function createdNotes(
  { name, findings }: ProviderReport,
  links: KnownLinks,
  { operations, creation }: { readonly operations: readonly Operation[]; readonly creation: Creation },
): readonly string[] {
  const { operation, subject, what, consequence } = creation;
  const reported = new Set(
    findings.flatMap(({ shownWith }) => (shownWith === undefined ? [] : subjectOf(shownWith).key)),
  );
  // What the plan leaves out says it of these.
  const known = links.kind === "checked" ? links.unlinked[`${subject}s`] : new Map<StateKey, string>();
  const created = operations
    .filter((one) => one.kind === operation)
    .map((one) => one.subject)
    .filter(({ key }) => reported.has(key) && !known.has(key));
  if (created.length === 0) return [];
  const mend = links.rules?.mends[subject]["not-linked"];
  const until = mend === undefined ? "" : `, until you ${mend}`;
  const names = nameList(created.map((one) => one.name));
  return [`${name} has no link to the ${what} that this creates: ${names}. ${consequence}${until}.`];
}
