/** The events that the in-memory store keeps: the newest ones. */

import type { OrganizationEvent } from "../event.ts";

/** In characters: between one and two times as many are kept, some 2,000 to 4,000 usual events. */
const maxWeight = 250_000;

/** Of what every event has, and of an id. */
const [weightOfEvent, weightOfId] = [100, 25];

/** Two lists, of which the older one is forgotten as a whole when the newer one is full. */
export class EventList {
  #older: readonly OrganizationEvent[] = [];
  #newer: OrganizationEvent[] = [];
  #weight = 0;

  append(event: OrganizationEvent): void {
    this.#newer.push(event);
    this.#weight += weightOf(event);
    if (this.#weight <= maxWeight) return;
    this.#older = this.#newer;
    this.#newer = [];
    this.#weight = 0;
  }

  /** The oldest first. */
  list(): readonly OrganizationEvent[] {
    return [...this.#older, ...this.#newer];
  }
}

function weightOf({ name, joined, left }: OrganizationEvent): number {
  return weightOfEvent + name.length + weightOfId * (joined.length + left.length);
}
