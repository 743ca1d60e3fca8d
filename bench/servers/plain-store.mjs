// The back end of the two servers to compare with: Maps, a JSON.parse, a JSON.stringify, and nothing checked.
// It is the limit of the stack: no schemas, no filters but the one, no PATCH but what the comparison sends.

import { randomUUID } from "node:crypto";
import { userNameOf, userOf } from "./people.mjs";

const listUrn = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

export function plainStore(users) {
  const byId = new Map();
  const byUserName = new Map();
  const groups = new Map();
  for (let at = 0; at < users; at += 1) keep(JSON.parse(JSON.stringify({ ...userOf(at), id: `id-${at}` })));

  function keep(user) {
    user.meta = {
      resourceType: "User",
      created: new Date().toISOString(),
      lastModified: new Date().toISOString(),
    };
    byId.set(user.id, user);
    byUserName.set(user.userName.toLowerCase(), user);
    return user;
  }

  function list(resources, total) {
    return {
      schemas: [listUrn],
      totalResults: total,
      startIndex: 1,
      itemsPerPage: resources.length,
      Resources: resources,
    };
  }

  function users_(method, id, query, body) {
    if (method === "POST") return [201, keep({ ...body, id: randomUUID() })];
    if (id === undefined) {
      const filter = query.get("filter");
      if (filter === null)
        return [200, list([...head(byId.values(), Number(query.get("count")))], byId.size)];
      const user = byUserName.get(filter.slice(filter.indexOf('"') + 1, -1).toLowerCase());
      return [200, list(user === undefined ? [] : [user], user === undefined ? 0 : 1)];
    }
    const user = byId.get(id);
    if (user === undefined) return [404, {}];
    if (method === "GET") return [200, user];
    if (method === "DELETE") {
      byId.delete(id);
      byUserName.delete(user.userName.toLowerCase());
      return [204];
    }
    if (method === "PUT") return [200, keep({ ...body, id })];
    for (const { path, value } of body.Operations) user[path] = value;
    return [200, user];
  }

  function groups_(method, id, body) {
    if (method === "POST") {
      const group = {
        ...body,
        id: randomUUID(),
        members: new Set(body.members.map((member) => member.value)),
      };
      groups.set(group.id, group);
      return [201, { id: group.id, displayName: group.displayName }];
    }
    const { members } = groups.get(id);
    for (const { op, path, value } of body.Operations) {
      if (op === "add") for (const member of value) members.add(member.value);
      else members.delete(path.slice(path.indexOf('"') + 1, -2));
    }
    return [204];
  }

  /** Status and body for a request below the base. */
  return (method, url, text) => {
    const [path, query = ""] = url.split("?");
    const [, collection, id] = path.split("/");
    const body = text === "" ? undefined : JSON.parse(text);
    return collection === "Users"
      ? users_(method, id, new URLSearchParams(query), body)
      : groups_(method, id, body);
  };
}

function* head(values, count) {
  let left = count;
  for (const value of values) {
    if (left === 0) return;
    left -= 1;
    yield value;
  }
}

export { userNameOf };
