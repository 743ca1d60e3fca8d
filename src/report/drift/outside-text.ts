/** What is outside the responsibility of the directory, for people: accounts by domain, Teams by name, and what contradicts. */

import { exclusionInWords } from "../../astro/responsibility.ts";
import type { Drift } from "../../drift/compare/diff.ts";
import type { OutsideUser } from "../../drift/compare/outside.ts";
import { foldCase } from "../../ground/fold-case.ts";
import { nameList } from "../../ground/name-list.ts";
import { plural } from "../../ground/plural.ts";
import { printable } from "../../ground/printable.ts";

/** A line for each domain, one for all Teams, and those for what a reader should know of single ones. */
export function outsideLines({ outside: { users, teams } }: Pick<Drift, "outside">): readonly string[] {
  const linked = [
    ...users.filter((user) => user.linked).map(({ userName }) => userName),
    ...teams.filter((team) => team.linked).map(({ name }) => name),
  ];
  return [
    ...[...byDomain(users)].map(([domain, accounts]) => domainLine(domain, accounts)),
    ...(teams.length === 0
      ? []
      : [`  ? ${plural(teams.length, "Team")}: ${names(teams.map(({ name }) => name))}`]),
    ...[...byTeam(users)].map(
      ([team, members]) =>
        `  ? ${printable(team)}  has ${plural(members.length, "member")} from outside who will stay: ${names(members)}`,
    ),
    ...(linked.length === 0
      ? []
      : [`  ! created or linked by the provider, according to its state: ${names(linked)}`]),
  ];
}

/** What the directory provisions though it says that it is not responsible for it. */
export function provisionedLines({
  outside: { provisioned },
  boundary,
}: Pick<Drift, "outside" | "boundary">): readonly string[] {
  return provisioned.map(({ kind, name, scimId }) => {
    const [ids, keys] =
      kind === "user" ? [boundary.userIds, boundary.userKeys] : [boundary.teamIds, boundary.teamKeys];
    const exclusion = keys.get(foldCase(name)) ?? ids.get(scimId ?? "");
    if (exclusion === undefined) return `  ! ${printable(name)}`;
    const { reason, remedy } = exclusionInWords(exclusion);
    return `  ! ${printable(name)}  ${printable(`${reason}; ${remedy}`)}`;
  });
}

/** One paragraph with the line to add; none where nothing suggests it. */
export function suggestionLines({
  suggestedResponsibleFor: suggested,
}: Pick<Drift, "suggestedResponsibleFor">): readonly string[] {
  if (suggested === undefined) return [];
  const { domains, foreignDomain, foreignAccounts } = suggested;
  return [
    `${plural(foreignAccounts, "account")} of ${printable(foreignDomain)}, a domain that no user of the directory has, ${foreignAccounts === 1 ? "is" : "are"} left over.`,
    "If another directory or invitations brought them, add this line to the profile or the fixture, and they are left alone:",
    `  responsibleFor: { domains: [${domains.map(yamlText).join(", ")}] }`,
    "",
  ];
}

/** A domain of several labels that begins with a letter is text in YAML; any other could be a number or a word like `no`. */
function yamlText(domain: string): string {
  return /^[a-z][a-z0-9-]*(\.[a-z0-9_-]+)+$/.test(domain) ? domain : JSON.stringify(domain);
}

function domainLine(domain: string | undefined, accounts: readonly OutsideUser[]): string {
  const of = domain === undefined ? "without a domain" : `of ${printable(domain)}`;
  return `  ? ${plural(accounts.length, "account")} ${of}: ${names(accounts.map(({ userName }) => userName))}`;
}

function names(list: readonly string[]): string {
  return nameList(list.map((name) => printable(name)));
}

/** The domain with most accounts first. */
function byDomain(
  users: readonly OutsideUser[],
): readonly (readonly [string | undefined, readonly OutsideUser[]])[] {
  const groups = grouped(users.map((user) => [user.domain, user] as const));
  return [...groups].toSorted(
    ([a = "", some], [b = "", others]) => others.length - some.length || (a < b ? -1 : 1),
  );
}

/** Members from outside by the name of their Team. */
function byTeam(users: readonly OutsideUser[]): readonly (readonly [string, readonly string[]])[] {
  const pairs = users.flatMap(({ userName, teams }) =>
    [...new Set(teams)].map((team) => [team, userName] as const),
  );
  return [...grouped(pairs)].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function grouped<Key, Item>(pairs: readonly (readonly [Key, Item])[]): ReadonlyMap<Key, readonly Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const [key, item] of pairs) {
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
