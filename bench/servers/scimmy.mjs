// SCIMMY on Express, with Maps indexed by id and userName, so that it is not slower than it need be.

import { randomUUID } from "node:crypto";
import express from "express";
import { Resources, Types } from "scimmy";
import { SCIMMYRouters } from "scimmy-routers";
import { userOf } from "./people.mjs";

export async function serveScimmy(users, token) {
  const byId = new Map();
  const byUserName = new Map();
  const groups = new Map();
  const keep = (user) => {
    byId.set(user.id, user);
    byUserName.set(user.userName.toLowerCase(), user);
    return user;
  };
  for (let at = 0; at < users; at += 1)
    keep({ ...userOf(at), id: `id-${at}`, meta: { created: new Date(), lastModified: new Date() } });
  const stamped = (data, id) => ({ ...data, id, meta: { created: new Date(), lastModified: new Date() } });

  Resources.declare(Resources.User)
    .ingress((resource, data) => keep(stamped(JSON.parse(JSON.stringify(data)), resource.id ?? randomUUID())))
    .egress((resource) => {
      if (resource.id !== undefined) return found(byId.get(resource.id));
      const name = resource.filter?.[0]?.userName?.[1];
      if (name !== undefined) return [byUserName.get(String(name).toLowerCase())].filter(Boolean);
      const page = [];
      for (const user of byId.values()) if (page.push(user) === 100) break;
      return page;
    })
    .degress((resource) => {
      byUserName.delete(found(byId.get(resource.id)).userName.toLowerCase());
      byId.delete(resource.id);
    });
  Resources.declare(Resources.Group)
    .ingress((resource, data) => {
      const group = stamped(JSON.parse(JSON.stringify(data)), resource.id ?? randomUUID());
      groups.set(group.id, group);
      return group;
    })
    .egress((resource) => (resource.id === undefined ? [...groups.values()] : found(groups.get(resource.id))))
    .degress((resource) => groups.delete(resource.id));

  const app = express();
  const handler = (request) => {
    if (request.header("Authorization") !== `Bearer ${token}`) throw new Error("not authorized");
    return "bench";
  };
  app.use("/", new SCIMMYRouters({ type: "bearer", handler }));
  return new Promise((resolve) => {
    const server = app.listen(0, "127.0.0.1", () =>
      resolve({ url: `http://127.0.0.1:${server.address().port}` }),
    );
  });
}

function found(resource) {
  if (resource === undefined) throw new Types.Error(404, null, "not found");
  return resource;
}
