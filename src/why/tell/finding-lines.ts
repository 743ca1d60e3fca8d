/** What a live provider says of a user, a group or the app, a line each. */

import type { ProviderFinding } from "../../directory/provider-finding.ts";
import type { ProviderWords } from "../../idp/provider-words.ts";
import { timeText } from "../causes/log-search.ts";

export interface Line {
  readonly label: string;
  readonly text: string;
}

/** Of a side that could not be read. */
export function notRead(label: string): readonly Line[] {
  return [{ label, text: "not known: it could not be read" }];
}

export function findingLines(findings: readonly ProviderFinding[], words: ProviderWords): readonly Line[] {
  return findings.map((finding) => {
    const parts = [words.findings[finding.kind].title, detail(finding)].filter((part) => part !== "");
    return { label: "Status", text: parts.join(": ") };
  });
}

/** What a finding can have beside its kind, in the order in which it is shown. */
const parts = [
  "toggle",
  "status",
  "state",
  "reason",
  "code",
  "error",
  "attribute",
  "lastPush",
  "since",
  "nextAttempt",
] as const;

const written: Readonly<Partial<Record<(typeof parts)[number], (text: string) => string>>> = {
  attribute: (text) => `${text} is empty`,
  lastPush: (text) => `last push ${timeText(text)}`,
  since: (text) => `since ${timeText(text)}`,
  nextAttempt: (text) => `next attempt ${timeText(text)}`,
};

function detail(finding: ProviderFinding): string {
  const values = new Map<string, unknown>(Object.entries(finding));
  return parts
    .flatMap((part) => {
      const value = values.get(part);
      return typeof value === "string" ? [written[part]?.(value) ?? value] : [];
    })
    .join(", ");
}
