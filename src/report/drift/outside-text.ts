/** What is outside the responsibility of the directory, for people: accounts by domain, Teams by name, and what contradicts. */

import { exclusionInWords } from "../../astro/responsibility.ts";
import type { Drift } from "../../drift/compare/diff.ts";
import type { OutsideUser, ProvisionedOutside } from "../../drift/compare/outside/outside.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import { nameList } from "../../ground/text/name-list.ts";
import { plural } from "../../ground/text/plural.ts";
import { printable } from "../../ground/text/printable.ts";
import { formatCount } from "../../ground/text/quantities.ts";
import { countedRows, type RowsOf } from "../layout/counted.ts";
import { hanging } from "../layout/hanging.ts";
import { rowLines, type Row } from "../layout/rows.ts";
import type { Style } from "../style.ts";

/** A row for each domain, one for all Teams, and those for what a reader should know of single ones. */
export function outsideLines(
  { outside: { users, teams } }: Pick<Drift, "outside">,
  style: Style,
): readonly string[] {
  const linked = [
    ...users.filter((user) => user.linked).map(({ userName }) => userName),
    ...teams.filter((team) => team.linked).map(({ name }) => name),
  ];
  const rows: readonly Row[] = [
    ...countedRows(byDomain(users), domainRows, style),
    ...countedRows(byTeam(users), teamRows, style),
    ...(teams.length === 0
      ? []
      : [
          {
            sign: "?",
            name: plural(teams.length, "Team"),
            text: names(teams.map(({ name }) => name)),
          } as const,
        ]),
    ...(linked.length === 0
      ? []
      : [
          {
            sign: "!",
            name: `${formatCount(linked.length)} of them`,
            text: `created or linked by the provider, according to its state: ${names(linked)}`,
          } as const,
        ]),
  ];
  return rowLines(rows, style);
}

type Domain = readonly [domain: string | undefined, accounts: readonly OutsideUser[]];

const domainRows: RowsOf<Domain> = {
  sign: "?",
  noun: "domain",
  nameOf: ([domain]) => domain ?? "no domain",
  textOf: ([, accounts]) =>
    `${plural(accounts.length, "account")}: ${names(accounts.map(({ userName }) => userName))}`,
  kindOf: () => "with accounts",
};

type TeamWithOutsiders = readonly [team: string, members: readonly string[]];

const teamRows: RowsOf<TeamWithOutsiders> = {
  sign: "?",
  noun: "Team",
  nameOf: ([team]) => `Team ${team}`,
  textOf: ([, members]) =>
    `keeps ${plural(members.length, "member")} from outside responsibleFor: ${names(members)}`,
  kindOf: () => "keep members from outside responsibleFor",
};

/** What the directory provisions though it says that it is not responsible for it. */
export function provisionedLines(
  { outside: { provisioned }, boundary }: Pick<Drift, "outside" | "boundary">,
  style: Style,
): readonly string[] {
  const textOf = ({ kind, name, scimId }: ProvisionedOutside): string => {
    const [ids, keys] =
      kind === "user" ? [boundary.userIds, boundary.userKeys] : [boundary.teamIds, boundary.teamKeys];
    const exclusion = keys.get(foldCase(name)) ?? ids.get(scimId ?? "");
    if (exclusion === undefined) return "";
    const { reason, remedy } = exclusionInWords(exclusion);
    return `${reason}; ${remedy}`;
  };
  const rows = (["user", "team"] as const).flatMap((kind) =>
    countedRows(
      provisioned.filter((one) => one.kind === kind),
      { sign: "!", noun: kind === "user" ? "user" : "Team", nameOf: ({ name }) => name, textOf },
      style,
    ),
  );
  return rowLines(rows, style);
}

/** One paragraph with the line to add; none where nothing suggests it. */
export function suggestionLines(
  { suggestedResponsibleFor: suggested }: Pick<Drift, "suggestedResponsibleFor">,
  style: Style,
): readonly string[] {
  if (suggested === undefined) return [];
  const { domains, foreignDomain, foreignAccounts } = suggested;
  const what = `${plural(foreignAccounts, "orphaned account")} ${foreignAccounts === 1 ? "is" : "are"} of ${printable(foreignDomain)}, a domain that no user of the directory has.`;
  const how = `If ${foreignAccounts === 1 ? "it comes" : "they come"} from another directory or from invitations, add this line to the profile or the fixture, and nothing is done about ${foreignAccounts === 1 ? "it" : "them"}:`;
  return [
    ...hanging("", `${what} ${how}`, style),
    `  responsibleFor: { domains: [${domains.map(yamlText).join(", ")}] }`,
    "",
  ];
}

/** A domain of several labels that begins with a letter is text in YAML; any other could be a number or a word like `no`. */
function yamlText(domain: string): string {
  return /^[a-z][a-z0-9-]*(\.[a-z0-9_-]+)+$/.test(domain) ? domain : JSON.stringify(domain);
}

function names(list: readonly string[]): string {
  return nameList(list.map((name) => printable(name)));
}

/** The domain with most accounts first. */
function byDomain(users: readonly OutsideUser[]): readonly Domain[] {
  const groups = grouped(users.map((user) => [user.domain, user] as const));
  return [...groups].toSorted(
    ([a = "", some], [b = "", others]) => others.length - some.length || (a < b ? -1 : 1),
  );
}

/** Members from outside by the name of their Team. */
function byTeam(users: readonly OutsideUser[]): readonly TeamWithOutsiders[] {
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
