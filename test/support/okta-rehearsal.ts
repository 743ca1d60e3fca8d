/** An Okta that is rehearsed against a tiny SCIM server: directory, memory and server, moved on by actions. */

import { changesDirectory, type Action } from "../../src/directory/action.ts";
import { documentedOktaSettings, type OktaAppSettings } from "../../src/directory/app-settings.ts";
import { applyAction } from "../../src/directory/apply-action.ts";
import type { Directory } from "../../src/directory/directory.ts";
import { simulatedClock } from "../../src/idp/run/clock.ts";
import type { RunEvent, RunSummary } from "../../src/idp/run/events.ts";
import { runOkta, type OktaWorld } from "../../src/idp/okta/engine.ts";
import { emptyOktaMemory, type OktaMemory } from "../../src/idp/okta/memory.ts";
import type { Occasion } from "../../src/idp/run/occasion.ts";
import type { Send } from "../../src/wire/exchange.ts";

export interface Rehearsal {
  readonly directory: Directory;
  readonly memory: OktaMemory;
  readonly events: readonly RunEvent[];
  /** One run over everything. */
  run(): Promise<RunSummary>;
  /** Does it in the directory, or in the console, and lets Okta react. */
  act(action: Action): Promise<RunSummary>;
  /** Another directory in the place of the one so far, as an edited fixture is. */
  become(directory: Directory): void;
  /** Another memory in the place of its own. */
  remember(memory: OktaMemory): void;
  /** Loses the memory, as a run without `--state` does. */
  forget(): void;
}

export function rehearse(
  start: Directory,
  send: Send,
  settings: Partial<OktaAppSettings> = {},
  world: Partial<OktaWorld> = {},
): Rehearsal {
  const all = { ...documentedOktaSettings, ...settings };
  const events: RunEvent[] = [];
  const okta: OktaWorld = {
    send,
    clock: simulatedClock(new Date("2026-09-01T08:00:00Z")),
    signal: new AbortController().signal,
    report: (event) => events.push(event),
    randomText: (length) => "x".repeat(length),
    ...world,
  };
  let now = start;
  let memory = emptyOktaMemory();
  const run = async (occasion: Occasion): Promise<RunSummary> => {
    const result = await runOkta({ settings: all, directory: now, memory, occasion }, okta);
    ({ memory } = result);
    return result.summary;
  };
  return {
    get directory() {
      return now;
    },
    get memory() {
      return memory;
    },
    events,
    run: () => run({ kind: "everything" }),
    act: (action) => {
      const before = now;
      if (changesDirectory(action)) now = applyAction(before, action);
      return run({ kind: "action", action, before });
    },
    become: (directory) => {
      now = directory;
    },
    remember: (remembered) => {
      memory = remembered;
    },
    forget: () => {
      memory = emptyOktaMemory();
    },
  };
}

/** `assign ada@example.com: created`, one for each job. */
export function outcomes({ reports }: RunSummary): readonly string[] {
  return reports.map(({ what, subject, outcome }) => {
    const how = outcome.kind === "done" ? outcome.did : outcome.kind;
    return `${what} ${subject.name}: ${how}`;
  });
}
