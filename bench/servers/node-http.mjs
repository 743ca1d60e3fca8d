// A bare node:http server that parses, looks up in a Map and stringifies.

import { createServer } from "node:http";
import { plainStore } from "./plain-store.mjs";

export async function serveNodeHttp(users, token) {
  const answer = plainStore(users);
  const server = createServer((request, response) => {
    if (request.headers.authorization !== `Bearer ${token}`) {
      response.writeHead(401).end();
      return;
    }
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      const [status, body] = answer(request.method, request.url, Buffer.concat(chunks).toString());
      if (body === undefined) response.writeHead(status).end();
      else response.writeHead(status, { "content-type": "application/scim+json" }).end(JSON.stringify(body));
    });
  });
  await new Promise((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return { url: `http://127.0.0.1:${server.address().port}` };
}
