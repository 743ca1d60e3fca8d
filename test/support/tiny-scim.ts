/** A SCIM server in a function: enough for a provider's conversations, with habits that a test may choose. */

import type { AstroState, AstroTeam, AstroUser } from "../../src/astro/state.ts";
import { documentedAttributes } from "../../src/astro/attributes.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../src/ground/json.ts";
import { foldCase } from "../../src/ground/text/fold-case.ts";
import { applyEdits } from "../../src/scim/patch/apply.ts";
import { parsePatch } from "../../src/scim/patch/parse.ts";
import { groupResourceType } from "../../src/scim/schema/group.ts";
import { userResourceType } from "../../src/scim/schema/user.ts";
import type { Send, WireAnswer, WireRequest } from "../../src/wire/exchange.ts";
import { json, lineOf, list, scimError, text } from "./conversation.ts";

export interface TinyScimOptions {
  /** Whether a user that becomes inactive leaves its groups, as in Astro; else it stays, as in other servers. */
  readonly endsMemberships?: boolean;
  /** Answers in the place of the server where it returns something. */
  readonly intercept?: (request: WireRequest) => WireAnswer | undefined;
}

export interface TinyScim {
  readonly send: Send;
  /** `POST /Users`, in order of arrival. */
  readonly lines: readonly string[];
  /** All but reads. */
  writes(): readonly string[];
  forget(): void;
  state(): AstroState;
  user(userName: string): JsonObject | undefined;
  /** Active members of a group by userName, sorted; undefined where there is no such group. */
  members(displayName: string): readonly string[] | undefined;
}

type Endpoint = "Users" | "Groups";
const nameOf = { Users: "userName", Groups: "displayName" } as const;
const typeOf = { Users: userResourceType, Groups: groupResourceType } as const;

export function tinyScim({ endsMemberships = true, intercept }: TinyScimOptions = {}): TinyScim {
  const held = { Users: new Map<string, JsonObject>(), Groups: new Map<string, JsonObject>() };
  const requests: WireRequest[] = [];
  let made = 0;

  const named = (endpoint: Endpoint, name: string): JsonObject | undefined =>
    [...held[endpoint].values()].find((one) => foldCase(textOf(one[nameOf[endpoint]])) === foldCase(name));

  const store = (endpoint: Endpoint, id: string, resource: JsonObject): WireAnswer => {
    const rival = named(endpoint, textOf(resource[nameOf[endpoint]]));
    if (rival !== undefined && rival["id"] !== id) return scimError(409, "The name is taken.");
    const stranger = memberIds(resource).find((member) => !held.Users.has(member));
    if (stranger !== undefined) return scimError(400, `No user ${stranger}.`);
    const { password: _password, ...kept } = resource;
    held[endpoint].set(id, { ...kept, id });
    if (resource["active"] === false && endsMemberships) leaveGroups(id);
    return json(200, { ...kept, id });
  };

  const leaveGroups = (id: string): void => {
    for (const [groupId, group] of held.Groups) {
      const members = membersOf(group).filter((member) => member["value"] !== id);
      held.Groups.set(groupId, { ...group, members });
    }
  };

  const find = (endpoint: Endpoint, query: string): WireAnswer => {
    const filter = new URLSearchParams(query).get("filter");
    if (filter === null) return list(...held[endpoint].values());
    const found = named(endpoint, JSON.parse(filter.slice(filter.indexOf('"'))));
    return found === undefined ? list() : list(found);
  };

  const collection = (endpoint: Endpoint, { method, path, body = {} }: WireRequest): WireAnswer => {
    if (method === "GET") return find(endpoint, path.slice(path.indexOf("?")));
    made += 1;
    const stored = store(endpoint, `${endpoint}-${made}`, body);
    return stored.kind === "response" && stored.status === 200 ? { ...stored, status: 201 } : stored;
  };

  const resource = (endpoint: Endpoint, id: string, { method, body = {} }: WireRequest): WireAnswer => {
    const current = held[endpoint].get(id);
    if (current === undefined) return scimError(404, `No ${id}.`);
    switch (method) {
      case "GET":
        return json(200, current);
      case "PUT":
        return store(endpoint, id, body);
      case "PATCH": {
        const type = typeOf[endpoint];
        return store(endpoint, id, applyEdits(type, current, parsePatch(type, body)).resource);
      }
      case "DELETE":
        held[endpoint].delete(id);
        if (endpoint === "Users") leaveGroups(id);
        return text(204);
      case "POST":
        return scimError(405, "No.");
    }
  };

  const answer = (request: WireRequest): WireAnswer => {
    const [, endpoint, id] = /^\/(Users|Groups)(?:\/([^?]*))?/.exec(request.path) ?? [];
    if (endpoint !== "Users" && endpoint !== "Groups") return scimError(404, "No such endpoint.");
    return id === undefined ? collection(endpoint, request) : resource(endpoint, id, request);
  };

  const state = (): AstroState => {
    const users = [...held.Users.values()].map(stateUser);
    const keys = new Map(users.map(({ scimId, key }) => [scimId, key]));
    const teams = [...held.Groups.values()].map((group) => stateTeam(group, keys));
    return {
      users: new Map(users.map((user) => [user.key, user])),
      teams: new Map(teams.map((team) => [team.key, team])),
    };
  };

  return {
    send: async (request) => {
      requests.push(request);
      return intercept?.(request) ?? withoutExcluded(answer(request), request);
    },
    get lines() {
      return requests.map(lineOf);
    },
    writes: () => requests.filter(({ method }) => method !== "GET").map(lineOf),
    forget: () => {
      requests.length = 0;
    },
    state,
    user: (userName) => named("Users", userName),
    members: (displayName) => {
      const { users, teams } = state();
      const team = teams.get(foldCase(displayName));
      if (team === undefined) return undefined;
      return [...team.members].filter((key) => users.get(key)?.active === true).toSorted();
    },
  };
}

/** The resources of an answer without their members, where the request asks for that. */
function withoutExcluded(answer: WireAnswer, { path }: WireRequest): WireAnswer {
  if (answer.kind !== "response" || !path.includes("excludedAttributes=members")) return answer;
  const { json: body } = answer;
  if (!isJsonObject(body)) return answer;
  const { Resources: resources } = body;
  const shown = isJsonArray(resources)
    ? { ...body, Resources: resources.map(withoutMembers) }
    : withoutMembers(body);
  return json(answer.status, shown);
}

function withoutMembers(resource: JsonValue): JsonValue {
  if (!isJsonObject(resource)) return resource;
  const { members: _members, ...shown } = resource;
  return shown;
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : "";
}

function membersOf(group: JsonObject): readonly JsonObject[] {
  return isJsonArray(group["members"]) ? (group["members"] as readonly JsonObject[]) : [];
}

function memberIds(group: JsonObject): readonly string[] {
  return membersOf(group).map(({ value }) => textOf(value));
}

function stateUser(user: JsonObject): AstroUser {
  const name = (user["name"] ?? {}) as JsonObject;
  const emails = (user["emails"] ?? []) as readonly JsonObject[];
  const email = emails.find(({ primary }) => primary === true);
  const values: readonly (readonly [string, JsonValue | undefined])[] = [
    [documentedAttributes.givenName.path, name["givenName"]],
    [documentedAttributes.familyName.path, name["familyName"]],
    [documentedAttributes.email.path, email?.["value"]],
    [documentedAttributes.displayName.path, user["displayName"]],
    [documentedAttributes.profileUrl.path, user["profileUrl"]],
  ];
  return {
    key: foldCase(textOf(user["userName"])),
    userName: textOf(user["userName"]),
    scimId: textOf(user["id"]),
    externalId: user["externalId"] as string | undefined,
    active: user["active"] !== false,
    attributes: Object.fromEntries(
      values.filter((entry): entry is readonly [string, string] => typeof entry[1] === "string"),
    ),
  };
}

function stateTeam(group: JsonObject, keys: ReadonlyMap<string | undefined, string>): AstroTeam {
  const ids = memberIds(group);
  return {
    key: foldCase(textOf(group["displayName"])),
    displayName: textOf(group["displayName"]),
    scimId: textOf(group["id"]),
    members: new Set(ids.flatMap((id) => keys.get(id) ?? [])),
    unknownMembers: ids.filter((id) => !keys.has(id)),
  };
}
