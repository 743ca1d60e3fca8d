/** A story for people: what is known, what happened, and why. */

import { printable } from "../../ground/text/printable.ts";
import type { NamedCause } from "../../why/causes/cause.ts";
import type { Chapter, MemberStory, Story } from "../../why/story.ts";
import { nextLines } from "../next-step.ts";
import { hanging, padded } from "../layout/hanging.ts";
import { paintedSign } from "../layout/rows.ts";
import { section } from "../layout/section.ts";
import type { Style } from "../style.ts";
import { clockLines } from "./clock-lines.ts";
import { eventLines } from "./event-lines.ts";
import type { WhyReport } from "./report.ts";

export function whyText({ story, provider, next }: WhyReport, style: Style): string {
  const title = `${story.kind === "user" ? "User" : "Team"} ${story.name}`;
  return lines([
    ...hanging("", style.paint.bold(printable(title)), style),
    "",
    ...story.chapters.flatMap((chapter) => chapterLines(chapter, style)),
    ...section("What happened", happenedLines(story, provider, style), style),
    ...section("Members that differ", memberLines(story.members, style), style),
    ...section("Could not be read", unreadLines(story, style), style),
    ...endingLines(story, style),
    ...nextLines(next, style),
  ]);
}

function chapterLines({ title, lines: facts }: Chapter, style: Style): readonly string[] {
  const width = Math.max(0, ...facts.map(({ label }) => label.length));
  const shown = facts.flatMap(({ label, text }) =>
    hanging(`  ${padded(label, width)}  `, printable(text), style),
  );
  return section(title, shown, style);
}

function memberLines(members: readonly MemberStory[], style: Style): readonly string[] {
  return members.flatMap(({ side, userName, team, fact, causes }) => {
    const why =
      causes.length === 0 ? "cannot tell why" : causes.map(({ sentence: text }) => text).join("; or ");
    const sign = paintedSign(side === "missing" ? "+" : "-", style);
    return [
      ...hanging(`  ${sign} `, printable(`${userName}  ${side} in ${team}: ${fact}`), style),
      ...hanging("      ", printable(why), style),
    ];
  });
}

/** Clocks matter where there are times. */
function happenedLines(story: Story, provider: string, style: Style): readonly string[] {
  if (story.events.length === 0) return [];
  return [...eventLines(story, provider, style), ...clockLines(story.clocks, style)];
}

function unreadLines({ unread }: Story, style: Style): readonly string[] {
  return unread.flatMap(({ what, why }) => hanging("  ? ", printable(`${what}: ${why}`), style));
}

function endingLines(story: Story, style: Style): readonly string[] {
  const { symptoms, causes, explanation, verdict } = story;
  const symptomLines = symptoms.flatMap((text) => hanging("", printable(`${sentence(text)}.`), style));
  if (verdict === "fine") {
    return [
      ...hanging(style.paint.green("Nothing is wrong: "), printable(`${explanation ?? ""}.`), style),
      "",
    ];
  }
  const unknown =
    causes.length > 0
      ? []
      : hanging(style.paint.yellow("Cause: "), printable(`cannot tell; ${explanation ?? ""}.`), style);
  return [
    ...symptomLines,
    ...(symptomLines.length === 0 ? [] : [""]),
    ...unknown,
    ...causes.flatMap((cause, at) => causeLines(cause, { at, count: causes.length }, style)),
    ...(causes.length === 0 || explanation === undefined
      ? []
      : hanging("", printable(`${sentence(explanation)}.`), style)),
    ...(unknown.length === 0 && explanation === undefined ? [] : [""]),
  ];
}

function causeLines(
  { sentence: text, evidence, sure, because, repair }: NamedCause,
  { at, count }: { readonly at: number; readonly count: number },
  style: Style,
): readonly string[] {
  const head = count === 1 ? "Cause: " : `Cause ${at + 1} of ${count}: `;
  return [
    ...hanging(style.paint.bold(head), printable(`${text}.`), style),
    ...evidence.flatMap((one) => hanging("  Evidence  ", printable(one), style)),
    ...hanging("  Sure      ", printable(`${sure}: ${because}`), style),
    ...hanging("  Repair    ", printable(repair.how), style),
    "",
  ];
}

/** A name keeps its letters. */
function sentence(text: string): string {
  return text.replace(
    /^(?:the|there|not|what|nothing)\b/,
    (word) => word.charAt(0).toUpperCase() + word.slice(1),
  );
}

function lines(all: readonly string[]): string {
  return `${all.join("\n").replace(/\n+$/, "")}\n`;
}
