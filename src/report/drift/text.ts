/** Drift for people: what differs by kind, what is listed apart, and a summary. */

import type { ChalkInstance } from "chalk";
import { hostIsAstros } from "../../astro/address.ts";
import { isUserChange, subjectOf, type Change } from "../../drift/compare/change.ts";
import type { Drift } from "../../drift/compare/diff.ts";
import { isBrokenLink } from "../../drift/plan/links-left.ts";
import type { ProviderWords } from "../../idp/provider-words.ts";
import { changeLine, type ChangeSign } from "./change-line.ts";
import { plural } from "../../ground/plural.ts";
import { printable } from "../../ground/printable.ts";
import { nextLines } from "../next-step.ts";
import type { Style } from "../style.ts";
import { leftAsFoundLines, leftAsFoundTitle } from "./left-as-found-lines.ts";
import { ssoOnlyLines, ssoOnlyTitle } from "./sso-only-lines.ts";
import { outsideLines, provisionedLines, suggestionLines } from "./outside-text.ts";
import { cannotTellLine, notComparedLine } from "./not-compared.ts";
import type { DriftReport } from "./report.ts";
import { driftSummary } from "./summary.ts";

/** Everything that is to be said of a drift; ends with a newline. */
export function driftText({ drift, words, target, next }: DriftReport, { paint }: Style): string {
  const lines = [
    ...sections(drift, paint),
    ...whatToDo(drift, { words, hasAstroConsole: target === null || hostIsAstros(target) }, paint),
    driftSummary(drift),
    ...nextLines(next),
  ];
  return `${lines.join("\n")}\n`;
}

/** The sections alone; none where nothing differs. */
export function sections(drift: Drift, paint: ChalkInstance): readonly string[] {
  const { changes, unexplainedTeams, protectedSkipped, expected, groupTerms, cannotTell, notCompared } =
    drift;
  const textOf = (change: Change): string => changeText(change, groupTerms, paint);
  const users = changes.filter(isUserChange);
  const teams = changes.filter((change) => !isUserChange(change));
  return [
    ...section("Users", users.map(textOf), paint),
    ...section("Teams", teams.map(textOf), paint),
    ...section(
      `Teams that belong to no ${groupTerms.provided} group (not counted: SCIM does not show who manages them)`,
      unexplainedTeams.map(
        (team) => `  ? ${printable(team.displayName)}  ${plural(team.members.size, "member")}`,
      ),
      paint,
    ),
    ...section("Cannot be told", cannotTell.map(cannotTellLine), paint),
    ...section("Not compared", notCompared.map(notComparedLine), paint),
    ...section(ssoOnlyTitle, ssoOnlyLines(drift.ssoOnly), paint),
    ...section(leftAsFoundTitle, leftAsFoundLines(drift.leftAsFound), paint),
    ...section(
      `Links that ${drift.selfMendingLinks[0]?.provider} mends when it next works on the user or the group (not counted)`,
      drift.selfMendingLinks.map(textOf),
      paint,
    ),
    ...section("Protected (never changed)", protectedSkipped.map(textOf), paint),
    ...section("Outside responsibleFor (not compared, never changed)", outsideLines(drift), paint),
    ...section(
      "Provisioned, but outside responsibleFor (compared, never changed)",
      provisionedLines(drift),
      paint,
    ),
    ...section(
      "Users in the directory who cannot have an account",
      expected.unmappable.map(({ user, reason }) => `  ! ${printable(user)}  ${printable(reason)}`),
      paint,
    ),
    ...suggestionLines(drift),
  ];
}

/** Where somebody can repair by hand: the provider's console, and Astro's where the target is Astro's, or plays it. */
interface Consoles {
  readonly words: ProviderWords;
  readonly hasAstroConsole: boolean;
}

/**
 * The recovery of Astro's documentation for each kind that is there (Set up SCIM provisioning: FAQ), and our command
 * for it.
 */
function whatToDo(
  { changes, cannotTell }: Drift,
  consoles: Consoles,
  paint: ChalkInstance,
): readonly string[] {
  const kinds = new Set(changes.filter(isNoPartOfBrokenLink(changes)).map(recoveryOf));
  if (cannotTell.length > 0) kinds.add("push-unknown");
  return section(
    "What to do",
    recoveries
      .filter(({ recovery }) => kinds.has(recovery))
      .map(({ what, inConsole, command }) => {
        const byHand = inConsole(consoles);
        return whatToDoLine(what, byHand === undefined ? command : `${byHand}; or: ${command}`);
      })
      .concat(mendingLines(changes)),
    paint,
  );
}

/** What mends a link creates the missing account or Team, too; our repair would create it without a link. */
function isNoPartOfBrokenLink(changes: readonly Change[]): (change: Change) => boolean {
  const nameOf = (change: Change): string => {
    const { kind, key } = subjectOf(change);
    return `${kind} ${key}`;
  };
  const broken = new Set(changes.filter(isBrokenLink).map(nameOf));
  return (change) => !change.kind.endsWith("-missing") || !broken.has(nameOf(change));
}

/** Each way to mend a link once. None of our commands can. */
function mendingLines(changes: readonly Change[]): readonly string[] {
  const lines = changes.filter(isBrokenLink).map(({ kind, mend }) => {
    const what = kind === "user-link-broken" ? "user's link broken" : "Team's link broken";
    return whatToDoLine(what, `${mend}; no command of astro-scim can`);
  });
  return [...new Set(lines)];
}

function whatToDoLine(what: string, how: string): string {
  return `  ${what.padEnd(26)}  ${how}`;
}

type Recovery = "re-assign" | "push-now" | "push-unknown" | "remove" | "mend-link";

interface RecoveryText {
  readonly recovery: Recovery;
  readonly what: string;
  /** Undefined where there is none. */
  readonly inConsole: (consoles: Consoles) => string | undefined;
  readonly command: string;
}

const recoveries: readonly RecoveryText[] = [
  {
    recovery: "re-assign",
    what: "user missing or different",
    inConsole: ({ words }) => words.inConsole.user,
    command: "astro-scim resync USER",
  },
  {
    recovery: "push-now",
    what: "Team missing or different",
    inConsole: ({ words }) => words.inConsole.team,
    command: "astro-scim push-group NAME",
  },
  {
    recovery: "push-unknown",
    what: "members cannot be told",
    inConsole: ({ words }) => words.inConsole.team,
    command: "astro-scim push-group NAME",
  },
  {
    recovery: "remove",
    what: "left over",
    inConsole: ({ hasAstroConsole }) =>
      hasAstroConsole ? "Access Management > Users > Remove member in Astro" : undefined,
    command: "astro-scim delete USER",
  },
];

function recoveryOf({ kind }: Change): Recovery {
  switch (kind) {
    case "user-missing":
    case "user-inactive":
    case "user-renamed":
    case "user-attribute-differs":
      return "re-assign";
    case "team-missing":
    case "team-renamed":
    case "team-members-differ":
      return "push-now";
    case "user-link-broken":
    case "team-link-broken":
      return "mend-link";
    case "user-left-over":
    case "team-left-over":
      return "remove";
  }
}

function section(title: string, lines: readonly string[], paint: ChalkInstance): readonly string[] {
  return lines.length === 0 ? [] : [paint.bold(title), ...lines, ""];
}

const colours: Readonly<Record<ChangeSign, "green" | "red" | "yellow">> = {
  "+": "green",
  "-": "red",
  "~": "yellow",
};

function changeText(change: Change, terms: Drift["groupTerms"], paint: ChalkInstance): string {
  const { sign, subject, text } = changeLine(change, terms);
  return `  ${paint[colours[sign]](sign)} ${subject}  ${text}`;
}
