// The back end of the two servers to compare with: Maps, a JSON.parse, a JSON.stringify, and nothing checked.
// It is the limit of the stack: no schemas, no filters but the one, no PATCH but what the comparison sends.

import { randomUUID } from "node:crypto";
import { userOf } from "./people.mjs";

const listUrn = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

/** Status and body for a request below the base. */
export function plainStore(users) {
  const answerUsers = plainUsers(users);
  const answerGroups = plainGroups();
  return (method, url, text) => {
    const [path, query = ""] = url.split("?");
    const [, collection, id] = path.split("/");
    const body = text === "" ? undefined : JSON.parse(text);
    if (collection !== "Users") return answerGroups(method, id, body);
    return answerUsers({ method, id, body, query: new URLSearchParams(query) });
  };
}

function plainUsers(users) {
  const byId = new Map();
  const byUserName = new Map();
  for (let at = 0; at < users; at += 1) keep(JSON.parse(JSON.stringify({ ...userOf(at), id: `id-${at}` })));

  function keep(user) {
    const now = new Date().toISOString();
    user.meta = { resourceType: "User", created: now, lastModified: new Date().toISOString() };
    byId.set(user.id, user);
    byUserName.set(user.userName.toLowerCase(), user);
    return user;
  }

  function query(parameters) {
    const filter = parameters.get("filter");
    if (filter === null) return list(head(byId.values(), Number(parameters.get("count"))), byId.size);
    const user = byUserName.get(filter.slice(filter.indexOf('"') + 1, -1).toLowerCase());
    return user === undefined ? list([], 0) : list([user], 1);
  }

  return ({ method, id, body, query: parameters }) => {
    if (method === "POST") return [201, keep({ ...body, id: randomUUID() })];
    if (id === undefined) return [200, query(parameters)];
    const user = byId.get(id);
    if (user === undefined) return [404, {}];
    if (method === "GET") return [200, user];
    if (method === "PUT") return [200, keep({ ...body, id })];
    if (method === "DELETE") {
      byId.delete(id);
      byUserName.delete(user.userName.toLowerCase());
      return [204];
    }
    for (const { path, value } of body.Operations) user[path] = value;
    return [200, user];
  };
}

function plainGroups() {
  const groups = new Map();
  return (method, id, body) => {
    if (method === "POST") {
      const members = new Set(body.members.map((member) => member.value));
      const group = { ...body, id: randomUUID(), members };
      groups.set(group.id, group);
      return [201, { id: group.id, displayName: group.displayName }];
    }
    const { members } = groups.get(id);
    for (const { op, path, value } of body.Operations) {
      if (op === "add") for (const member of value) members.add(member.value);
      else members.delete(path.slice(path.indexOf('"') + 1, -2));
    }
    return [204];
  };
}

function list(resources, totalResults) {
  return {
    schemas: [listUrn],
    totalResults,
    startIndex: 1,
    itemsPerPage: resources.length,
    Resources: resources,
  };
}

function head(values, count) {
  const first = [];
  for (const value of values) if (first.push(value) === count) break;
  return first;
}
