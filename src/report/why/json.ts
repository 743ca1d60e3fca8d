/** A story as the documented JSON shape (docs/json.md). */

import type { JsonObject } from "../../ground/json.ts";
import type { NamedCause } from "../../why/causes/cause.ts";
import type { WhyReport } from "./report.ts";

/** The version of this shape; it changes when a field changes its meaning or goes. */
const schemaVersion = 1;

export function whyJson({ story, target, next }: WhyReport): JsonObject {
  const { kind, name, ids, chapters, events, clocks, unread, symptoms, causes, members } = story;
  return {
    schemaVersion,
    target,
    kind,
    name,
    ids: { provider: ids.provider ?? null, scim: ids.scim ?? null },
    verdict: story.verdict,
    explanation: story.explanation ?? null,
    symptoms: [...symptoms],
    causes: causes.map(causeJson),
    members: members.map((member) => ({
      side: member.side,
      team: member.team,
      userName: member.userName,
      fact: member.fact,
      causes: member.causes.map(({ id }) => id),
    })),
    facts: chapters.map(({ of, lines }) => ({ of, lines: lines.map((line) => ({ ...line })) })),
    events: events.map((event) => ({
      at: event.at,
      log: event.log,
      action: event.action,
      outcome: event.outcome,
      writer: event.writer,
      by: event.by ?? null,
      text: event.text,
      reason: event.reason ?? null,
      code: event.code ?? null,
    })),
    clocks: clocks.map(({ server, skew }) => ({
      server,
      leastMs: skew?.leastMs ?? null,
      mostMs: skew?.mostMs ?? null,
      pairs: skew?.pairs ?? 0,
    })),
    unread: unread.map((one) => ({ ...one })),
    next: next?.command ?? null,
  };
}

function causeJson({ id, sure, because, sentence, evidence, repair }: NamedCause): JsonObject {
  return {
    id,
    sure,
    because,
    sentence,
    evidence: [...evidence],
    repair: { how: repair.how, command: repair.command === undefined ? null : [...repair.command.words] },
  };
}
