// A SCIM server nobody here wrote: SCIMMY behind its own Express routers, with two Maps for a store.
// Run as a process of its own; prints its port as one line of JSON. The token comes in SCIMMY_TOKEN.
import { randomUUID } from "node:crypto";
import express from "express";
import SCIMMY from "scimmy";
import { SCIMMYRouters } from "scimmy-routers";

const token = process.env.SCIMMY_TOKEN;

function keep(resourceType, uniqueAttribute) {
  const stored = new Map();
  const stamped = (id) => ({ id, meta: { created: new Date(), lastModified: new Date() } });

  SCIMMY.Resources.declare(resourceType)
    .ingress((resource, data) => {
      const wanted = String(data[uniqueAttribute]).toLowerCase();
      for (const [id, other] of stored) {
        if (id !== resource.id && String(other[uniqueAttribute]).toLowerCase() === wanted) {
          throw new SCIMMY.Types.Error(409, "uniqueness", `${uniqueAttribute} is taken`);
        }
      }
      if (resource.id !== undefined && !stored.has(resource.id)) {
        throw new SCIMMY.Types.Error(404, null, `Resource ${resource.id} not found`);
      }
      const before = stored.get(resource.id);
      const head =
        before === undefined
          ? stamped(randomUUID())
          : { id: before.id, meta: { ...before.meta, lastModified: new Date() } };
      const kept = { ...JSON.parse(JSON.stringify(data)), ...head };
      delete kept.password;
      stored.set(kept.id, kept);
      return kept;
    })
    .egress((resource) => {
      if (resource.id === undefined)
        return resource.filter?.match([...stored.values()]) ?? [...stored.values()];
      const found = stored.get(resource.id);
      if (found === undefined) throw new SCIMMY.Types.Error(404, null, `Resource ${resource.id} not found`);
      return found;
    })
    .degress((resource) => {
      if (!stored.delete(resource.id))
        throw new SCIMMY.Types.Error(404, null, `Resource ${resource.id} not found`);
    });
}

keep(SCIMMY.Resources.User, "userName");
keep(SCIMMY.Resources.Group, "displayName");

const app = express();
app.use(
  "/scim/v2",
  new SCIMMYRouters({
    type: "bearer",
    handler: (request) => {
      if (request.header("Authorization") !== `Bearer ${token}`)
        throw new Error("Authorization not detected!");
      return "tester";
    },
  }),
);
const server = app.listen(0, "127.0.0.1", () => {
  process.stdout.write(`${JSON.stringify({ port: server.address().port })}\n`);
});
process.on("SIGTERM", () => process.exit(0));
