/** The one comparison of a directory with what an Astro holds: for `diff`, the repairs, a rehearsal's end, and programs. */

import { attributesNotKept } from "../astro/api/reading/not-kept.ts";
import { readAstroState, type ReadOptions } from "../astro/api/reading/read.ts";
import { readUnlistedLinks } from "../astro/api/reading/unlisted-links.ts";
import { comparedPaths } from "../astro/compared-paths.ts";
import type { HeldState } from "../astro/held.ts";
import type { AstroApiName } from "../astro/records/record.ts";
import type { ExpectedState, StateKey } from "../astro/state.ts";
import type { Directory } from "../directory/directory.ts";
import { withLinked } from "../directory/sso-only.ts";
import type { ProvidedDirectory } from "../directory/source.ts";
import { diff, type DiffOptions, type Drift } from "../drift/compare/diff.ts";
import { overIam } from "../drift/compare/over-iam/expected-over-iam.ts";
import { unlistedIds } from "../drift/compare/provider-links.ts";
import { expectedWithKeys } from "../idp/expected/expected-state.ts";
import { responsibilityOf, type StatedResponsibility } from "../astro/responsibility.ts";
import { withoutNotEvaluated } from "../drift/provider/not-evaluated.ts";
import { requireSomethingInside } from "../drift/compare/outside/something-inside.ts";
import { providerOf, providers } from "../idp/providers.ts";
import { targetName } from "../target/resolve-target.ts";
import { AppError } from "../ground/errors.ts";
import type { Send } from "../wire/exchange.ts";
import type { Connection } from "./connect.ts";
import { iamBeside, readIamAlone, readIamBeside, watchForIam, type ReadIamOptions } from "./read-iam.ts";
import { providerSideOf } from "./provider-side.ts";
import { rememberedLinks } from "./remembered-links.ts";

export interface CompareOptions extends Partial<Pick<ReadOptions, "concurrency" | "textIdsOnly" | "onPage">> {
  /** What no repair touches, beside what the source itself protects: the `protect` list of a profile. */
  readonly protect: readonly string[];
  /** What the directory is responsible for, beside what the source itself says: of a profile, of a program. */
  readonly responsibleFor: readonly StatedResponsibility[];
  readonly signal: AbortSignal;
  /** `iam`: IAM alone, also before SCIM is enabled; `scim`: SCIM alone; SCIM with IAM beside it, where that is there, unless said. */
  readonly api?: AstroApiName | undefined;
  readonly onIamPage?: ReadIamOptions["onIamPage"];
}

type Compared = Pick<Connection, "send" | "baseUrl" | "target" | "apis">;

/**
 * A user who was assigned before Provisioning was switched on, and whom the provider has linked since, counts as any other.
 * @throws AppError usage, where what is stated as the responsibility of the directory includes none of its users or none of
 * its Teams, before anything is read; whatever keeps the server from being read completely
 */
export async function compareWithAstro(
  source: ProvidedDirectory,
  connection: Compared,
  options: CompareOptions,
): Promise<Drift> {
  const provided: ProvidedDirectory = { ...source, directory: asRemembered(source) };
  const { directory, app } = provided;
  const { expected: mapped, userKeys } = expectedWithKeys(directory, app);
  const expected = withoutNotEvaluated(mapped, provided.notEvaluated ?? []);
  const stated = [...(provided.responsibleFor ?? []), ...options.responsibleFor];
  requireSomethingInside(expected, responsibilityOf(stated));
  const { target } = connection;
  const common: DiffOptions = {
    target: targetName(target),
    // A rehearsal on this machine sends the ids that are made up; what a real Astro holds has the provider's.
    isRehearsed: target.kind === "in-process" || target.isLoopback,
    protect: [...provided.protect, ...options.protect],
    responsibleFor: stated,
    groupsNotPushed: groupsNotProvided(provided),
    groupTerms: providers[app.idp].words.groups,
    linkRules: providerOf(app).links,
    noTeams: provided.noTeams ?? providerOf(app).noTeams,
    ...providerSideOf(provided, userKeys),
  };
  if (options.api === "iam") {
    requireNoLinks(provided);
    const side = await readIamAlone(connection, options);
    const both = overIam(expected, side);
    return diff(both.expected, both.held, { ...common, iam: { kind: "read", side, isOnlySource: true } });
  }
  return diffOverScim({ provided, userKeys, expected }, connection, { ...options, common });
}

interface Wanted {
  readonly provided: ProvidedDirectory;
  readonly userKeys: ReadonlyMap<string, StateKey>;
  readonly expected: ExpectedState;
}

async function diffOverScim(
  { provided, userKeys, expected }: Wanted,
  connection: Compared,
  { api, common, ...options }: CompareOptions & { readonly common: DiffOptions },
): Promise<Drift> {
  const { baseUrl } = connection;
  const watched = watchForIam(connection.send);
  const { send } = watched;
  const shown = await readAstroState(send, {
    target: baseUrl,
    attributePaths: comparedPaths(expected),
    ...options,
  });
  const known = { provided, userKeys, held: shown };
  const links = await checkedLinks(send, known, { target: baseUrl, ...options });
  const notKept = await attributesNotKept(send, expected, shown);
  const apis = api === "scim" ? undefined : iamBeside(connection, watched.saidIam());
  const { held, iam } =
    apis === undefined
      ? { held: shown, iam: { kind: "not-asked" } as const }
      : await readIamBeside(apis, shown, options);
  return diff(expected, held, { ...common, notKept, ...links, iam });
}

/** @throws AppError usage: the links of a provider are links to what SCIM shows */
function requireNoLinks({ remembered, findings }: ProvidedDirectory): void {
  if (remembered === undefined) return;
  const isLive = findings !== undefined;
  if (isLive && remembered.accounts.length + remembered.teams.size === 0) return;
  throw new AppError("usage", "The provider's links cannot be checked over the IAM API alone.", {
    hint: isLive ? "Leave out --api iam." : "Leave out --state, or leave out --api iam.",
  });
}

function asRemembered({ directory, remembered }: ProvidedDirectory): Directory {
  if (remembered === undefined) return directory;
  return withLinked(directory, new Set(remembered.accounts.map(({ objectId }) => objectId)));
}

interface Known {
  readonly provided: ProvidedDirectory;
  readonly userKeys: ReadonlyMap<string, StateKey>;
  readonly held: HeldState;
}

/** The provider's links, where something says what it remembers; those that no list shows are looked up. */
async function checkedLinks(
  send: Send,
  { provided, userKeys, held }: Known,
  reading: Parameters<typeof readUnlistedLinks>[2],
): Promise<Pick<DiffOptions, "links" | "linkedTeams" | "remembered">> {
  const { app, remembered } = provided;
  if (remembered === undefined) return {};
  const { linkedTeams, users, teams } = rememberedLinks(provided, remembered, userKeys);
  const unlisted = await readUnlistedLinks(send, unlistedIds({ users, teams }, held), reading);
  const { links: rules } = providerOf(app);
  return { linkedTeams, remembered: remembered.accounts, links: { rules, users, teams, unlisted } };
}

/** Names of the groups that become no Team. */
function groupsNotProvided({ directory, app }: ProvidedDirectory): readonly string[] {
  const provided = providerOf(app).markedGroups(directory);
  return [...directory.groups.values()].filter(({ key }) => !provided.has(key)).map(({ name }) => name);
}
