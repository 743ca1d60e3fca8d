/** Small servers on loopback that behave as badly as a test asks: HTTP, HTTPS and bare TCP. */

import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import type { RequestListener, Server as HttpServer } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { createServer as createTcpServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";

export interface LoopbackServer {
  /** `http://127.0.0.1:PORT` or `https://localhost:PORT`. */
  readonly url: string;
  readonly port: number;
  /** How many connections were opened to it so far. */
  connections(): number;
  /** Ends it at once, open connections included. */
  close(): Promise<void>;
}

/** These servers close nothing by a clock of their own: a test that stands still for a while would lose its connection. */
const untimed = { keepAliveTimeout: 0, headersTimeout: 0, requestTimeout: 0 };

export async function startHttp(listener: RequestListener): Promise<LoopbackServer> {
  return listen(createHttpServer(untimed, listener), (port) => `http://127.0.0.1:${port}`);
}

export async function startHttps(
  identity: { readonly key: string; readonly cert: string },
  listener: RequestListener,
): Promise<LoopbackServer> {
  return listen(
    createHttpsServer({ ...identity, ...untimed }, listener),
    (port) => `https://localhost:${port}`,
  );
}

/** Whatever the listener does with the bare connection. */
export async function startTcp(listener: (socket: Socket) => void): Promise<LoopbackServer> {
  return listen(createTcpServer(listener), (port) => `http://127.0.0.1:${port}`);
}

/**
 * A port of 127.0.0.1 on which nothing listens. It is below those that systems give to whoever asks for any (port 0), so
 * that none of the servers of other tests gets it meanwhile.
 */
export async function unusedPort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 30_000);
    const server = createTcpServer().listen(port, "127.0.0.1");
    const isFree = await once(server, "listening").then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    server.close();
    await once(server, "close");
    return port;
  }
}

async function listen(server: Server | HttpServer, url: (port: number) => string): Promise<LoopbackServer> {
  const open = new Set<Socket>();
  let opened = 0;
  server.on("connection", (socket: Socket) => {
    opened += 1;
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    socket.on("error", () => socket.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: url(port),
    port,
    connections: () => opened,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}
