// One compared server in a process of its own: `node process.mjs NAME USERS`; ends with its parent.

const [name, users] = process.argv.slice(2);
const token = "bench-token";

const servers = {
  "node:http": async () => (await import("./node-http.mjs")).serveNodeHttp,
  fastify: async () => (await import("./bare-fastify.mjs")).serveFastify,
  scimmy: async () => (await import("./scimmy.mjs")).serveScimmy,
  "astro-scim": async () => (await import("./astro.mjs")).serveAstro,
};

const serve = await servers[name]();
const { url } = await serve(Number(users), token);
process.on("message", () => {
  globalThis.gc?.();
  process.send({ rss: process.memoryUsage().rss, heap: process.memoryUsage().heapUsed });
});
process.on("disconnect", () => process.exit(0));
process.send({ url, token });
