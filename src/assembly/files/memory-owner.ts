/** Whether a provider's memory is of the fixture that it is used with: of its timeline, and of its people. */

import { AppError } from "../../ground/errors.ts";
import type { Scenario } from "../../directory/timeline.ts";
import { isJsonArray, type JsonValue } from "../../ground/json.ts";
import type { TimelineProgress } from "../../idp/timeline/timeline-progress.ts";

/** The steps that a memory has seen begin, by name: what it is recognised by. */
export function stepsSeen(
  { timeline }: Scenario,
  { stepsDone, actionsDone }: TimelineProgress,
): readonly string[] {
  const count = stepsDone + (actionsDone > 0 ? 1 : 0);
  return timeline.slice(0, count).map(({ name }) => name);
}

export interface Remembered {
  /** As the file is called. */
  readonly file: string;
  /** What `stepsSeen` wrote; null where nothing did. */
  readonly steps: JsonValue;
  /** Object ids of the users who are linked. */
  readonly linked: readonly string[];
}

/**
 * Refuses the memory of another fixture: users who are not in this one would count as deleted.
 * @throws AppError refused
 */
export function requireMemoryOfFixture({ file, steps, linked }: Remembered, fixture: Scenario): void {
  requireKnownPeople(file, linked, fixture);
  requireSameSteps(file, steps, fixture);
}

function requireKnownPeople(file: string, linked: readonly string[], fixture: Scenario): void {
  if (linked.length === 0) return;
  const people = peopleOf(fixture);
  if (linked.some((id) => people.has(id))) return;
  throw refusal(
    `No user of the state file ${file} is in ${fixture.file}: all of them would count as deleted.`,
  );
}

function requireSameSteps(file: string, steps: JsonValue, fixture: Scenario): void {
  if (!isJsonArray(steps)) return;
  for (const [index, name] of steps.entries()) {
    const here = fixture.timeline[index]?.name;
    if (here === name) continue;
    const has = here === undefined ? "has no such step" : `has ${JSON.stringify(here)} there`;
    throw refusal(
      `The state file ${file} belongs to another timeline: its step ${index + 1} is ${JSON.stringify(name)}, but ${fixture.file} ${has}.`,
    );
  }
}

/** Everybody who is there at some time. */
function peopleOf({ start, timeline }: Scenario): ReadonlySet<string> {
  const newcomers = timeline.flatMap(({ actions }) =>
    actions.flatMap((action) => (action.kind === "create-user" ? [action.user] : [])),
  );
  return new Set([...start.users.values(), ...newcomers].map(({ objectId }) => objectId));
}

function refusal(message: string): AppError {
  return new AppError("refused", message, {
    hint: "Use a different --state file for each fixture and target.",
  });
}
