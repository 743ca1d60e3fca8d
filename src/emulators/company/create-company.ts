/** Makes a company that lives in memory, and lets its provider provision an Astro. */

import { changesDirectory } from "../../directory/action.ts";
import type { AppSettings } from "../../directory/app-settings.ts";
import { applyAction } from "../../directory/apply-action.ts";
import type { Directory } from "../../directory/directory.ts";
import type { ProviderWorld } from "../../idp/provider-world.ts";
import type { Send } from "../../wire/exchange.ts";
import { randomText } from "../../world/random-text.ts";
import type { World } from "../../world/world.ts";
import { changedSettings } from "./changed-settings.ts";
import { companyClock } from "./company-clock.ts";
import type { Company, CompanyEvent } from "./company.ts";
import { startCycles } from "./cycles.ts";
import { History } from "./history.ts";
import { newIds, withProviderIds } from "./provider-ids.ts";
import { createProvisioner, type Provisioner } from "./provisioner.ts";
import { reportTo } from "./run-reports.ts";

export interface CompanyOptions {
  /** At the start; users and groups whose id is not in the provider's form get a new one. */
  readonly directory: Directory;
  readonly app: AppSettings;
  /** Sends to the Astro as the provider does, with its credentials; it repeats nothing. */
  readonly send: Send;
  readonly world: Pick<World, "clock" | "timers" | "random">;
  /** The app's label; `Astro` by default. */
  readonly appName?: string;
  /**
   * Of a provider that works in cycles: how many milliseconds pass between them; each counts as the provider's own interval.
   * Without it a cycle runs only when it is asked for.
   */
  readonly cycleMs?: number;
  /** Nothing is provisioned before `resume`; not by default. */
  readonly startsPaused?: boolean;
  /** 10,000 by default. */
  readonly keepEvents?: number;
  /** Called with each event as it happens; it must not throw. */
  readonly onEvent?: (event: CompanyEvent) => void;
}

/** Who changes something where nobody is named. */
const administrator = "admin@example.com";

/**
 * A company whose provider looks at everything first. What the provider does, it does in the background, one thing after the
 * other: the company's state and events show it, and no failure of it is thrown.
 */
export function createCompany(options: CompanyOptions): Company {
  const { world, keepEvents = 10_000, onEvent = () => {} } = options;
  const end = new AbortController();
  const clock = companyClock(world.clock, world.timers, end.signal);
  const now = (): Date => clock.now();
  const newId = newIds(options.app.idp, world.random);
  const appId = newId("app");
  let { app } = options;
  let directory = withProviderIds(options.directory, app.idp, newId);
  const newEventId = world.random.uuid;
  const history = new History({ start: directory, appId, now, newId, newEventId, keepEvents, onEvent });
  const provisioner = createProvisioner({
    app,
    directory: () => directory,
    world: providerWorld(options, { clock, signal: end.signal, report: reportTo(history) }),
    onError: (error) => history.happened({ kind: "provisioning-failed", error: messageOf(error) }),
  });
  const stopCycles = startCycles(options.cycleMs, world.timers, provisioner);
  if (options.startsPaused === true) provisioner.pause();
  provisioner.begin();
  return {
    ...whatProvisioningShows(provisioner),
    ...whatHistoryShows(history),
    appId,
    appName: options.appName ?? "Astro",
    newId,
    now,
    app: () => app,
    directory: () => directory,
    act: (action, by = administrator) => {
      const before = directory;
      if (changesDirectory(action)) directory = applyAction(before, action);
      history.happened({ kind: "action", action, before, by });
      history.changed(action, before, directory);
      provisioner.act(directory, { action, before });
    },
    changeApp: (change, by = administrator) => {
      const before = app;
      app = change(before);
      for (const setting of changedSettings(before, app))
        history.happened({ kind: "setting", ...setting, by });
      provisioner.change(app);
    },
    close: async () => {
      stopCycles();
      end.abort();
      await provisioner.close();
    },
  };
}

function providerWorld(
  { send, world: { random } }: CompanyOptions,
  own: Pick<ProviderWorld, "clock" | "signal" | "report">,
): ProviderWorld {
  return {
    ...own,
    send,
    randomText: (length) => randomText(random, length),
    randomGuid: random.uuid,
    random: random.number,
  };
}

function whatProvisioningShows(
  provisioner: Provisioner,
): Pick<
  Company,
  | "links"
  | "tasks"
  | "pushStates"
  | "state"
  | "isBusy"
  | "isPaused"
  | "runCycle"
  | "pause"
  | "resume"
  | "settled"
> {
  const { current, isBusy, isPaused, cycle, pause, resume, settled } = provisioner;
  return {
    links: () => current().service.links(),
    tasks: () => current().service.openTasks(),
    pushStates: () => current().service.pushStates?.() ?? [],
    state: () => current().state(),
    isBusy,
    isPaused,
    runCycle: cycle,
    pause,
    resume,
    settled,
  };
}

function whatHistoryShows(
  history: History,
): Pick<Company, "lastCycle" | "timesOf" | "assignmentOf" | "pushOf" | "lastJobOf" | "events"> {
  return {
    lastCycle: () => history.lastCycle,
    timesOf: (objectId) => history.timesOf(objectId),
    assignmentOf: (objectId) => history.assignmentOf(objectId),
    pushOf: (groupId) => history.pushOf(groupId),
    lastJobOf: (objectId) => history.lastJobOf(objectId),
    events: () => history.events,
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
