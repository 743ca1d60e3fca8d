/** Several steps of a model-based campaign in one bulk request (RFC 7644 §3.7). */

import { expect } from "vitest";
import type { Actor, Move, Step } from "./model-step.ts";

const bulkRequest = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";

/** Some of these moves at once: each step is drawn from what the model holds once those before it are done. */
export function bulkMove(moves: readonly Move[]): Move {
  return { weight: 8, step: (actor) => bulkOf(actor, moves) };
}

/** A user and a Team that has it as a member, by an id that is not known yet (RFC 7644 §3.7.2). */
export const bulkCreation: Move = { weight: 3, step: createTogether };

function bulkOf(actor: Actor, moves: readonly Move[]): Step | undefined {
  const steps: Step[] = [];
  for (let tries = 0; tries < 12 && steps.length < 5; tries += 1) {
    const step = actor.random.weighted(moves).step(actor);
    if (step === undefined || !canBeInBulk(step)) continue;
    step.effect?.(noAnswer);
    steps.push(step);
  }
  if (steps.length === 0) return undefined;
  return {
    name: `in bulk: ${steps.map(({ name }) => name).join(", ")}`,
    request: {
      method: "POST",
      path: "/Bulk",
      body: { schemas: [bulkRequest], Operations: steps.map(operationOf) },
    },
    status: 200,
    check: ({ body }) => {
      expect(body.Operations.map(resultOf)).toEqual(
        steps.map(({ status, scimType }) => ({ status: String(status), scimType })),
      );
    },
  };
}

const noAnswer = { status: 0, headers: {}, text: "", body: undefined };

/** A write that makes nothing: what it makes would have its id from an answer of its own. */
function canBeInBulk({ request: { method, path }, status }: Step): boolean {
  return (
    method !== "GET" &&
    status !== 201 &&
    !path.endsWith("/.search") &&
    !path.includes("?") &&
    path !== "/Bulk"
  );
}

function operationOf({ request: { method, path, headers, body } }: Step, at: number): object {
  const version = headers?.["if-match"];
  return {
    method,
    path,
    ...(method === "POST" ? { bulkId: `b${at}` } : {}),
    ...(version === undefined ? {} : { version }),
    ...(body === undefined ? {} : { data: body }),
  };
}

function resultOf(result: { status: string; response?: { scimType?: string } }): object {
  return { status: result.status, scimType: result.response?.scimType };
}

function createTogether({ index, model, userIds, teamIds, next }: Actor): Step {
  const userName = `bulk.${index}-${next()}@example.com`;
  const displayName = `team ${index}-${next()} in bulk`;
  const user = { method: "POST", path: "/Users", bulkId: "user", data: { userName } };
  const team = {
    method: "POST",
    path: "/Groups",
    bulkId: "team",
    data: { displayName, members: [{ value: "bulkId:user" }] },
  };
  return {
    name: "create a user and its Team in bulk",
    request: { method: "POST", path: "/Bulk", body: { schemas: [bulkRequest], Operations: [user, team] } },
    status: 200,
    effect: ({ body }) => {
      expect(body.Operations.map(resultOf)).toEqual([{ status: "201" }, { status: "201" }]);
      const [userId, teamId] = body.Operations.map(idOf) as [string, string];
      model.createUser(userId, { userName, texts: new Map(), emails: new Map() });
      model.createTeam(teamId, displayName, [userId]);
      userIds.add(userId);
      teamIds.add(teamId);
    },
  };
}

function idOf({ location }: { location: string }): string {
  return location.split("/").at(-1)!;
}
