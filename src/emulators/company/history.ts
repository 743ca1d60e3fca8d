/** What happened in a company, and when: its events, the times of its objects, the assignments, the last job of each. */

import { changesDirectory } from "../../directory/action.ts";
import { assignedUserKeys, type Directory } from "../../directory/directory.ts";
import { holdsApp } from "../../directory/sso-only.ts";
import type { CycleReport } from "../../idp/run/events.ts";
import type { CompanyAction, CompanyEvent, JobEvent, Relation, Times } from "./company.ts";
import type { NewId } from "./provider-ids.ts";
import { touchedBy } from "./touched-by.ts";

/** An event without what the history adds. */
export type Happened<Event = CompanyEvent> = Event extends unknown ? Omit<Event, "id" | "at"> : never;

export interface HistoryOptions {
  readonly start: Directory;
  readonly appId: string;
  readonly now: () => Date;
  readonly newId: NewId;
  readonly newEventId: () => string;
  /** How many events are kept. */
  readonly keepEvents: number;
  /** Called with each event; it must not throw. */
  readonly onEvent: (event: CompanyEvent) => void;
}

export class History {
  readonly #options: HistoryOptions;
  #events: CompanyEvent[] = [];
  readonly #times = new Map<string, Times>();
  readonly #assignments = new Map<string, Relation>();
  readonly #pushes = new Map<string, Relation>();
  readonly #lastJobs = new Map<string, JobEvent>();
  #lastCycle: CycleReport | undefined;

  constructor(options: HistoryOptions) {
    this.#options = options;
    const { start, appId } = options;
    this.#touch(appId);
    for (const { objectId } of [...start.users.values(), ...start.groups.values()]) this.#touch(objectId);
    this.#relate(start, { users: [...assignedUserKeys(start)], groups: [...start.groups.keys()] });
  }

  /** Oldest first. */
  get events(): readonly CompanyEvent[] {
    return this.#events.slice(-this.#options.keepEvents);
  }

  get lastCycle(): CycleReport | undefined {
    return this.#lastCycle;
  }

  timesOf(objectId: string): Times | undefined {
    return this.#times.get(objectId);
  }

  assignmentOf(objectId: string): Relation | undefined {
    return this.#assignments.get(objectId);
  }

  pushOf(groupId: string): Relation | undefined {
    return this.#pushes.get(groupId);
  }

  lastJobOf(objectId: string): JobEvent | undefined {
    return this.#lastJobs.get(objectId);
  }

  happened(what: Happened): void {
    const event: CompanyEvent = { id: this.#options.newEventId(), at: this.#options.now(), ...what };
    this.#events.push(event);
    const { keepEvents, onEvent, appId } = this.#options;
    // Cut now and then: to shift each time costs the whole list.
    if (this.#events.length > 2 * keepEvents) this.#events = this.#events.slice(-keepEvents);
    if (event.kind === "job") this.#lastJobs.set(event.report.subject.objectId, event);
    if (event.kind === "cycle") this.#lastCycle = event.report;
    if (event.kind === "setting") this.#touch(appId);
    onEvent(event);
  }

  /** An action has made another directory. */
  changed(action: CompanyAction, before: Directory, after: Directory): void {
    if (!changesDirectory(action)) return;
    const touched = touchedBy(action, before, after);
    this.#relate(after, touched);
    const { kind } = action;
    const isMembership = kind === "add-member" || kind === "remove-member";
    const own = "group" in action ? touched.groups : touched.users;
    for (const key of own) {
      const side = "group" in action ? "groups" : "users";
      const object = after[side].get(key) ?? before[side].get(key);
      if (object !== undefined) this.#touch(object.objectId, isMembership ? "members" : "object");
    }
  }

  /** A new object is made now; one that is there has changed now. */
  #touch(objectId: string, what: "object" | "members" = "object"): void {
    const now = this.#options.now();
    const times = this.#times.get(objectId) ?? { created: now, updated: now, membersUpdated: now };
    this.#times.set(objectId, { ...times, [what === "members" ? "membersUpdated" : "updated"]: now });
  }

  #relate(directory: Directory, { users, groups }: ReturnType<typeof touchedBy>): void {
    for (const key of users) {
      const user = directory.users.get(key);
      if (user !== undefined) this.#set(this.#assignments, user.objectId, holdsApp(directory, key));
    }
    for (const key of groups) {
      const group = directory.groups.get(key);
      if (group === undefined) continue;
      this.#set(this.#assignments, group.objectId, directory.assignedGroups.has(key));
      this.#set(this.#pushes, group.objectId, directory.pushedGroups.has(key));
    }
  }

  #set(relations: Map<string, Relation>, objectId: string, isThere: boolean): void {
    if (!isThere) relations.delete(objectId);
    else if (!relations.has(objectId)) {
      const { newId, now } = this.#options;
      const id = newId(relations === this.#pushes ? "push" : "assignment");
      relations.set(objectId, { id, since: now(), jobBefore: this.#lastJobs.get(objectId) });
    }
  }
}
