/** What a live provider says, as sections of a drift: what stops everything first, a section for each kind after the differences. */

import type { FindingKind } from "../../../directory/provider-finding.ts";
import type { Drift } from "../../../drift/compare/diff.ts";
import { findingKindNames, findingRule } from "../../../drift/provider/finding-kinds.ts";
import { foundIn, type JudgedFinding } from "../../../drift/provider/judge-findings.ts";
import type { ProviderReport } from "../../../drift/provider/provider-report.ts";
import type { ProviderWords } from "../../../idp/provider-words.ts";
import { printable } from "../../../ground/text/printable.ts";
import { countedRows } from "../../layout/counted.ts";
import { rowLines, type Row, type RowSign } from "../../layout/rows.ts";
import { section } from "../../layout/section.ts";
import type { Style } from "../../style.ts";
import { findingInCommon, findingText } from "./provider-finding-text.ts";

type Words = ProviderWords["findings"];

/** What concerns all users and groups: it stands ahead of the differences, which may come from it. */
export function provisioningSection(
  { provider }: Pick<Drift, "provider">,
  words: Words,
  style: Style,
): readonly string[] {
  if (provider === undefined) return [];
  const rows = provider.findings
    .filter(({ finding }) => findingRule(finding.kind).about === "app")
    .map((judged): Row => {
      const { finding } = judged;
      const name = finding.kind === "toggle-off" ? finding.toggle : words[finding.kind].title;
      return { sign: "!", name: printable(name), text: textOf(judged, provider, style) };
    });
  return section(`Provisioning in ${printable(provider.name)}`, rowLines(rows, style), style);
}

/** Settings that nobody can read: what was assumed in their place decides what the directory is compared as. */
export function assumedSection({ provider }: Pick<Drift, "provider">, style: Style): readonly string[] {
  const rows = (provider?.assumed ?? []).map(({ setting, value, why }): Row => {
    return { sign: "?", name: printable(setting), text: printable(`${value}: ${why}`) };
  });
  const title =
    provider?.isLive === false
      ? "Assumed: the files do not show this"
      : `Assumed: ${printable(provider?.name ?? "")} does not show these settings`;
  return section(title, rowLines(rows, style), style);
}

/** A section for each kind of problem, then for each kind that is not counted. */
export function findingSections(
  { provider }: Pick<Drift, "provider">,
  words: Words,
  style: Style,
): readonly string[] {
  if (provider === undefined) return [];
  const listed = provider.findings.filter(({ shownWith }) => shownWith === undefined);
  const sectionOf = (kind: FindingKind): readonly string[] => {
    const { weight, about } = findingRule(kind);
    const ofKind = listed.filter(({ finding, standing }) => finding.kind === kind && standing === weight);
    if (about === "app") return [];
    const title = weight === "problem" ? words[kind].title : `${words[kind].title} (not counted)`;
    const sign = weight === "problem" ? "!" : "·";
    return section(title, rowLines(findingRows(ofKind, { sign, provider, label: "" }, style), style), style);
  };
  return [
    ...findingKindNames.filter((kind) => findingRule(kind).weight === "problem").flatMap(sectionOf),
    ...findingKindNames.filter((kind) => findingRule(kind).weight === "information").flatMap(sectionOf),
  ];
}

/** Findings about what is protected, as rows among the other protected differences. */
export function protectedFindingRows(
  { provider }: Pick<Drift, "provider">,
  words: Words,
  style: Style,
): readonly Row[] {
  return apartRows(provider, { standing: "protected", sign: "=", words }, style);
}

/** Findings about users and groups outside responsibleFor. */
export function outsideFindingSection(
  { provider }: Pick<Drift, "provider">,
  words: Words,
  style: Style,
): readonly string[] {
  const rows = apartRows(provider, { standing: "outside", sign: "·", words }, style);
  const title = `What ${printable(provider?.name ?? "")} says of users and groups outside responsibleFor (not counted)`;
  return section(title, rowLines(rows, style), style);
}

interface Apart {
  readonly standing: JudgedFinding["standing"];
  readonly sign: RowSign;
  readonly words: Words;
}

/** Of several kinds in one list, so that each row names its kind. */
function apartRows(
  provider: ProviderReport | undefined,
  { standing, sign, words }: Apart,
  style: Style,
): readonly Row[] {
  if (provider === undefined) return [];
  const apart = provider.findings.filter((one) => one.standing === standing && one.shownWith === undefined);
  return findingKindNames.flatMap((kind) => {
    const ofKind = apart.filter(({ finding }) => finding.kind === kind);
    return findingRows(ofKind, { sign, provider, label: words[kind].what }, style);
  });
}

interface RowsOfKind {
  readonly sign: RowSign;
  readonly provider: ProviderReport;
  /** Ahead of each text; empty where the title says it. */
  readonly label: string;
}

/** A row for each user or group, whatever is said of it; or one for many of whom the same is said. */
function findingRows(
  findings: readonly JudgedFinding[],
  { sign, provider, label }: RowsOfKind,
  style: Style,
): readonly Row[] {
  const isUser = findings.some(({ finding }) => "user" in finding);
  const labelled = (text: string): string => [label, text].filter((part) => part !== "").join(": ");
  return countedRows(
    bySubject(findings),
    {
      sign,
      noun: isUser ? "user" : "group",
      nameOf: ([first]) => foundIn(first.finding)?.name ?? "",
      textOf: (all) => labelled(all.map((one) => rawText(one, provider, style)).join("; ")),
      kindOf: ([first]) => labelled(findingInCommon(first)),
    },
    style,
  );
}

type OfSubject = readonly [JudgedFinding, ...JudgedFinding[]];

function bySubject(findings: readonly JudgedFinding[]): readonly OfSubject[] {
  const subjects = new Map<string, [JudgedFinding, ...JudgedFinding[]]>();
  for (const one of findings) {
    const subject = foundIn(one.finding)?.objectId ?? "";
    const others = subjects.get(subject);
    if (others === undefined) subjects.set(subject, [one]);
    else others.push(one);
  }
  return [...subjects.values()];
}

function textOf(judged: JudgedFinding, provider: ProviderReport, style: Style): string {
  return printable(rawText(judged, provider, style));
}

function rawText(judged: JudgedFinding, { name }: ProviderReport, { all = false }: Style): string {
  return findingText(judged, { provider: name, all });
}
