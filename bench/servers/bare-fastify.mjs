// The same on bare Fastify.

import { fastify } from "fastify";
import { plainStore } from "./plain-store.mjs";

export async function serveFastify(users, token) {
  const answer = plainStore(users);
  const app = fastify();
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => done(null, body));
  const handler = (request, reply) => {
    if (request.headers.authorization !== `Bearer ${token}`) {
      reply.code(401).send();
      return;
    }
    const [status, body] = answer(request.method, request.url, request.body ?? "");
    reply.code(status);
    if (body === undefined) reply.send();
    else reply.header("content-type", "application/scim+json").send(JSON.stringify(body));
  };
  for (const path of ["/Users", "/Groups"]) {
    app.route({ method: ["GET", "POST"], url: path, handler });
    app.route({ method: ["GET", "PUT", "PATCH", "DELETE"], url: `${path}/:id`, handler });
  }
  await app.listen({ host: "127.0.0.1", port: 0 });
  return { url: `http://127.0.0.1:${app.server.address().port}` };
}
