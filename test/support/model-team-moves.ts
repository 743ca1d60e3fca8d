/** What the clients of a model-based campaign do with Teams, their own and those that all share. */

import { expect } from "vitest";
import type { JsonObject } from "../../src/ground/json.ts";
import {
  inOtherCase,
  lists,
  lookUp,
  oneOf,
  patchRequest,
  search,
  shows,
  type Actor,
  type Move,
  type Step,
} from "./model-step.ts";
import { addMembers, removeMembers, rename, replaceMembers, spellings } from "./patch-spellings.ts";
import { without, type ModelTeam } from "./scim-model.ts";

export const teamMoves: readonly Move[] = [
  { weight: 6, step: create },
  { weight: 2, step: onTeam(createTaken) },
  { weight: 4, step: onTeam(put) },
  { weight: 4, step: onTeam(patchName) },
  { weight: 9, step: onTeam(join) },
  { weight: 7, step: onTeam(leave) },
  { weight: 4, step: onTeam(exchange) },
  { weight: 4, step: onTeam(severalAtOnce) },
  { weight: 2, step: onTeam(addStranger) },
  { weight: 4, step: onTeam(read) },
  { weight: 6, step: onTeam(find) },
  { weight: 2, step: onTeam(remove) },
  { weight: 12, step: joinShared },
  { weight: 8, step: leaveShared },
  { weight: 4, step: readShared },
];

function onTeam(step: (actor: Actor, team: ModelTeam) => Step | undefined): Move["step"] {
  return (actor) => {
    const id = oneOf(actor.random, actor.teamIds);
    return id === undefined ? undefined : step(actor, actor.model.teams.get(id)!);
  };
}

function create(actor: Actor): Step {
  const displayName = newTeamName(actor);
  const memberIds = someActive(actor);
  const members = memberIds.map((value) => ({ value }));
  return {
    name: "create a Team",
    request: { method: "POST", path: "/Groups", body: { displayName, members } },
    status: 201,
    effect: ({ body }) => {
      actor.model.createTeam(body.id, displayName, memberIds);
      actor.teamIds.add(body.id);
    },
    check: (answer) => shows(() => actor.model.teamBody(answer.body.id))(answer),
  };
}

function createTaken(actor: Actor, { displayName }: ModelTeam): Step {
  const body = { displayName: inOtherCase(actor.random, displayName) };
  return {
    name: "create a Team whose name is taken",
    request: { method: "POST", path: "/Groups", body },
    status: 409,
    scimType: "uniqueness",
  };
}

function put(actor: Actor, { id }: ModelTeam): Step {
  const displayName = newTeamName(actor);
  const memberIds = someActive(actor);
  const members = memberIds.map((value) => ({ value }));
  return {
    name: "replace a Team",
    request: { method: "PUT", path: `/Groups/${id}`, body: { displayName, members } },
    status: 200,
    effect: () => actor.model.changeTeam(id, { displayName, memberIds: new Set(memberIds) }),
    check: shows(() => actor.model.teamBody(id)),
  };
}

function patchName(actor: Actor, { id, displayName }: ModelTeam): Step {
  const { random } = actor;
  const value = random.oneIn(3) ? inOtherCase(random, displayName) : newTeamName(actor);
  const spelling = random.pick(spellings);
  return {
    name: `rename a Team (${spelling})`,
    ...patchTeam(actor, id, rename(spelling, { id, name: "displayName", value })),
    effect: () => actor.model.changeTeam(id, { displayName: value }),
  };
}

function join(actor: Actor, { id, memberIds }: ModelTeam): Step {
  const spelling = actor.random.pick(spellings);
  const joining = someActive(actor);
  return {
    name: `add members (${spelling})`,
    ...patchTeam(actor, id, addMembers(spelling, joining)),
    effect: () => actor.model.changeTeam(id, { memberIds: new Set([...memberIds, ...joining]) }),
  };
}

/** Also of some who are not in it. */
function leave(actor: Actor, { id, memberIds }: ModelTeam): Step {
  const { random } = actor;
  const spelling = random.pick(spellings);
  const leaving = random.some([...memberIds, ...random.some([...actor.userIds])]);
  return {
    name: `remove members (${spelling})`,
    ...patchTeam(actor, id, removeMembers(spelling, leaving)),
    effect: () => actor.model.changeTeam(id, { memberIds: without(memberIds, leaving) }),
  };
}

/** All members for others, which may be nobody. */
function exchange(actor: Actor, { id }: ModelTeam): Step {
  const { random } = actor;
  const spelling = random.pick(spellings);
  const memberIds = random.oneIn(4) ? [] : someActive(actor);
  const isRemoval = memberIds.length === 0 && random.oneIn(2);
  const operations = isRemoval ? [{ op: "remove", path: "members" }] : replaceMembers(spelling, memberIds);
  return {
    name: `replace members (${spelling})`,
    ...patchTeam(actor, id, operations),
    effect: () => actor.model.changeTeam(id, { memberIds: new Set(memberIds) }),
  };
}

/** Several operations are one change, with one version. */
function severalAtOnce(actor: Actor, { id, memberIds }: ModelTeam): Step {
  const { random } = actor;
  const [joining, leaving] = [someActive(actor), random.some([...memberIds])];
  const displayName = newTeamName(actor);
  const spelling = random.pick(spellings);
  const operations = [
    ...removeMembers(spelling, leaving),
    ...rename(spelling, { id, name: "displayName", value: displayName }),
    ...addMembers(spelling, joining),
  ];
  const after = new Set([...without(memberIds, leaving), ...joining]);
  return {
    name: `rename, remove and add at once (${spelling})`,
    ...patchTeam(actor, id, operations),
    effect: () => actor.model.changeTeam(id, { displayName, memberIds: after }),
  };
}

/** All or nothing: nobody else joins, and the name stays (RFC 7644 §3.5.2). */
function addStranger(actor: Actor, { id }: ModelTeam): Step {
  const spelling = actor.random.pick(spellings);
  const strangers = [...someActive(actor), actor.random.pick(["nobody", "__proto__", id])];
  const operations = [
    { op: "replace", path: "displayName", value: "refused" },
    ...addMembers(spelling, strangers),
  ];
  return {
    name: `add a member whom nobody knows (${spelling})`,
    request: patchRequest(`/Groups/${id}`, operations),
    status: 400,
    scimType: "invalidValue",
  };
}

function read(actor: Actor, { id }: ModelTeam): Step {
  return {
    name: "read a Team",
    request: { method: "GET", path: `/Groups/${id}` },
    status: 200,
    // Only here does an empty Team show that it is one.
    check: shows(() => ({ members: [], ...actor.model.teamBody(id) })),
  };
}

/** By name, by one of its members, and as Entra asks whether somebody is one. */
function find(actor: Actor, { id, displayName }: ModelTeam): Step {
  const { random, model, teamIds } = actor;
  const userId = oneOf(random, actor.userIds) ?? "nobody";
  const teams = (): readonly ModelTeam[] => [...teamIds].map((one) => model.teams.get(one)!);
  const byName = `displayName eq ${JSON.stringify(inOtherCase(random, displayName))}`;
  const [filter, holds] = random.pick<readonly [string, (team: ModelTeam) => boolean]>([
    [byName, (team) => team.id === id],
    [`id eq "${id}" and members eq "${userId}"`, (team) => team.id === id && team.memberIds.has(userId)],
    [
      `members[value eq "${userId}"] and displayName sw "team ${actor.index}-"`,
      (team) => team.memberIds.has(userId),
    ],
  ]);
  return {
    name: "look a Team up",
    request: random.oneIn(3) ? search("/Groups", filter) : lookUp("/Groups", filter),
    status: 200,
    check: lists(() => {
      return teams()
        .filter(holds)
        .map((team) => model.teamBody(team.id));
    }),
  };
}

function remove(actor: Actor, { id }: ModelTeam): Step {
  return {
    name: "delete a Team",
    request: { method: "DELETE", path: `/Groups/${id}` },
    status: 204,
    effect: () => {
      actor.model.deleteTeam(id);
      actor.teamIds.delete(id);
    },
  };
}

function joinShared(actor: Actor): Step {
  const id = actor.random.pick(actor.sharedTeamIds);
  const spelling = actor.random.pick(spellings);
  const joining = someActive(actor);
  return {
    name: `add members to a shared Team (${spelling})`,
    request: patchRequest(`/Groups/${id}`, addMembers(spelling, joining)),
    status: 204,
    effect: () => {
      const { memberIds } = actor.model.teams.get(id)!;
      actor.model.changeTeam(id, { memberIds: new Set([...memberIds, ...joining]) });
    },
  };
}

function leaveShared(actor: Actor): Step {
  const id = actor.random.pick(actor.sharedTeamIds);
  const spelling = actor.random.pick(spellings);
  const leaving = actor.random.some([...actor.userIds]);
  return {
    name: `remove members from a shared Team (${spelling})`,
    request: patchRequest(`/Groups/${id}`, removeMembers(spelling, leaving)),
    status: 204,
    effect: () => {
      const { memberIds } = actor.model.teams.get(id)!;
      actor.model.changeTeam(id, { memberIds: without(memberIds, leaving) });
    },
  };
}

/** Others come and go meanwhile; of one's own users it is known who is in it. */
function readShared(actor: Actor): Step {
  const id = actor.random.pick(actor.sharedTeamIds);
  return {
    name: "read a shared Team",
    request: { method: "GET", path: `/Groups/${id}` },
    status: 200,
    check: ({ body }) => {
      const shown = ((body.members ?? []) as JsonObject[]).map(({ value }) => value as string);
      const { memberIds } = actor.model.teams.get(id)!;
      expect(new Set(shown).size).toBe(shown.length);
      expect(shown.filter((one) => actor.userIds.has(one)).toSorted()).toEqual(
        [...memberIds].filter((one) => actor.userIds.has(one)).toSorted(),
      );
    },
  };
}

/** 204, or 200 with the Team for who asks to see attributes. */
function patchTeam(
  { random, model }: Actor,
  id: string,
  operations: readonly unknown[],
): Pick<Step, "request" | "status" | "check"> {
  if (random.oneIn(2)) return { request: patchRequest(`/Groups/${id}`, operations), status: 204 };
  const path = `/Groups/${id}?attributes=displayName,members,meta,schemas`;
  return {
    request: patchRequest(path, operations),
    status: 200,
    check: shows(() => model.teamBody(id)),
  };
}

/** An inactive user would be passed over. */
function someActive({ random, model, userIds }: Actor): readonly string[] {
  const active = [...userIds].filter((id) => model.users.get(id)!.active);
  return random.some(active).slice(0, 5);
}

function newTeamName(actor: Actor): string {
  const kind = actor.random.pick(["", "R&D ", "\u00C4 ", "<b> "]);
  return `team ${actor.index}-${actor.next()} ${kind}`.trim();
}
