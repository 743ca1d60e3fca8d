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

function detail(finding: ProviderFinding): string {
  const texts: (string | undefined)[] = [];
  if ("toggle" in finding) texts.push(finding.toggle);
  if ("status" in finding) texts.push(finding.status);
  if ("state" in finding) texts.push(finding.state);
  if ("reason" in finding) texts.push(finding.reason);
  if ("code" in finding) texts.push(finding.code);
  if ("error" in finding) texts.push(finding.error);
  if ("attribute" in finding) texts.push(`${finding.attribute} is empty`);
  if ("lastPush" in finding && finding.lastPush !== undefined)
    texts.push(`last push ${timeText(finding.lastPush)}`);
  if ("since" in finding && finding.since !== undefined) texts.push(`since ${timeText(finding.since)}`);
  if ("nextAttempt" in finding && finding.nextAttempt !== undefined) {
    texts.push(`next attempt ${timeText(finding.nextAttempt)}`);
  }
  return texts.filter((text) => text !== undefined).join(", ");
}
