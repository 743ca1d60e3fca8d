/** One step of a model-based campaign: a request, what must answer it, and what it does to the model. */

import { expect } from "vitest";
import type { JsonObject } from "../../src/ground/json.ts";
import type { ConnectionRequest } from "./one-connection.ts";
import type { Random } from "./random.ts";
import type { Answer } from "./scim-client.ts";
import { comparable, type ScimModel } from "./scim-model.ts";

/** One of many clients at once. Nobody else touches what it owns; of what all share, it touches its own part. */
export interface Actor {
  /** Tells its names from those of the others. */
  readonly index: number;
  readonly random: Random;
  readonly model: ScimModel;
  readonly userIds: Set<string>;
  readonly teamIds: Set<string>;
  /** Users whom it has deleted. */
  readonly goneIds: string[];
  readonly sharedUserIds: readonly string[];
  readonly sharedTeamIds: readonly string[];
  /** A number that this actor has not had before. */
  next(): number;
}

export interface Step {
  readonly name: string;
  readonly request: ConnectionRequest;
  readonly status: number;
  readonly scimType?: string;
  /** Done once the status is the right one. */
  readonly effect?: (answer: Answer) => void;
  /** Looks at the answer after the effect. */
  readonly check?: (answer: Answer) => void;
}

/** A step that an actor may take; undefined where it has nothing to take it on. */
export interface Move {
  readonly weight: number;
  readonly step: (actor: Actor) => Step | undefined;
}

const searchRequest = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";
const patchOp = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

export function patchRequest(path: string, operations: readonly unknown[]): ConnectionRequest {
  return { method: "PATCH", path, body: { schemas: [patchOp], Operations: operations } };
}

/** The look-up of one value, as it stands in a URL. */
export function lookUp(endpoint: "/Users" | "/Groups", filter: string): ConnectionRequest {
  return { method: "GET", path: `${endpoint}?filter=${encodeURIComponent(filter)}` };
}

/** The same in a body (RFC 7644 §3.4.3). */
export function search(endpoint: "/Users" | "/Groups", filter: string): ConnectionRequest {
  return { method: "POST", path: `${endpoint}/.search`, body: { schemas: [searchRequest], filter } };
}

/** Expects one representation. */
export function shows(predicted: () => JsonObject): (answer: Answer) => void {
  return ({ body }) => {
    expect(comparable(body)).toEqual(predicted());
  };
}

/** Expects a list of these and nothing else. */
export function lists(predicted: () => readonly JsonObject[]): (answer: Answer) => void {
  return ({ body }) => {
    const expected = predicted();
    expect(body.totalResults).toBe(expected.length);
    expect(body.Resources.map(comparable)).toEqual(expect.arrayContaining(expected as JsonObject[]));
  };
}

/** One of some ids; undefined where there are none. */
export function oneOf(random: Random, ids: Iterable<string>): string | undefined {
  return random.pick([...ids]);
}

/** The text in another case, which for names is the same. */
export function inOtherCase(random: Random, text: string): string {
  return Array.from(text, (letter) => (random.oneIn(2) ? letter.toUpperCase() : letter.toLowerCase())).join(
    "",
  );
}
