/** What a live source says beside its directory, by the keys of what its directory says that Astro should hold. */

import type { StateKey } from "../astro/state.ts";
import type { ProviderFinding } from "../directory/provider-finding.ts";
import type { ProvidedDirectory } from "../directory/source.ts";
import type { DiffOptions } from "../drift/compare/diff.ts";
import { foldCase } from "../ground/text/fold-case.ts";
import { withoutJwts } from "../wire/shown-headers.ts";
import { providerOf } from "../idp/providers.ts";

/** A log repeats what a server said, and a server may have repeated a token. */
function withoutTokens(finding: ProviderFinding): ProviderFinding {
  // The same object but for its texts.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return mapTexts(finding, withoutJwts) as ProviderFinding;
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((one) => mapTexts(one, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, mapTexts(one, change)]));
}

/**
 * Nothing where the source is a file.
 * @param userKeys as in `ExpectedWithKeys`
 */
export function providerSideOf(
  { directory, app, findings, notEvaluated = [], assumed = [] }: ProvidedDirectory,
  userKeys: ReadonlyMap<string, StateKey>,
): Pick<DiffOptions, "provider"> {
  if (findings === undefined && notEvaluated.length + assumed.length === 0) return {};
  const setUp = providerOf(app);
  const { teams } = setUp.accountRules(directory);
  return {
    provider: {
      provider: setUp.links.provider,
      isLive: findings !== undefined,
      findings: (findings ?? []).map(withoutTokens),
      notEvaluated,
      assumed,
      userKeys,
      userNames: new Map([...directory.users.values()].map(({ objectId, key }) => [objectId, key])),
      teamKeys: new Map(teams.map(({ group, name }) => [group.objectId, foldCase(name)])),
    },
  };
}
