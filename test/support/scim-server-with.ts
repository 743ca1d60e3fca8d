/** A small server on loopback whose every answer a test decides, and the real sender pointed at it. */

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createSender } from "../../src/http/send.ts";
import type { Send } from "../../src/wire/exchange.ts";
import { systemWorld } from "../../src/world/system-world.ts";
import { longEnoughMs } from "./long-enough.ts";

/** A request as it arrived. */
export interface Arrived {
  readonly method: string;
  /** Below the base URL, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  // A test knows what it sent.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

/** An answer: a status with JSON or text, or a connection that is cut. */
export type Reply =
  | {
      readonly status: number;
      readonly json?: unknown;
      readonly text?: string;
      readonly headers?: Record<string, string>;
    }
  | "cut";

export interface HabitServer {
  readonly send: Send;
  readonly target: string;
  readonly port: number;
  /** All requests so far, in order of arrival. */
  readonly arrived: readonly Arrived[];
  close(): Promise<void>;
}

/** Starts a server that answers as the function says; `basePath` is what the paths of requests are below. */
export async function scimServerWith(
  reply: (request: Arrived) => Reply,
  basePath = "/scim/v2",
): Promise<HabitServer> {
  const arrived: Arrived[] = [];
  const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const url = new URL(request.url ?? "/", "http://loopback");
      const text = Buffer.concat(chunks).toString();
      const one: Arrived = {
        method: request.method ?? "",
        path: url.pathname.startsWith(basePath) ? url.pathname.slice(basePath.length) : url.pathname,
        query: url.searchParams,
        headers: request.headers,
        body: text === "" ? undefined : JSON.parse(text),
      };
      arrived.push(one);
      const answer = reply(one);
      if (answer === "cut") {
        request.socket.destroy();
        return;
      }
      const type = answer.json === undefined ? "text/html" : "application/scim+json";
      response.writeHead(answer.status, { "content-type": type, ...answer.headers });
      response.end(answer.json === undefined ? (answer.text ?? "") : JSON.stringify(answer.json));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  const target = `http://127.0.0.1:${port}${basePath}`;
  const sender = createSender({
    baseUrl: target,
    timeoutMs: longEnoughMs,
    timers: systemWorld().timers,
    connections: 4,
    signal: new AbortController().signal,
  });
  return {
    send: sender.send,
    target,
    port,
    arrived,
    close: async () => {
      await sender.close();
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
  };
}
