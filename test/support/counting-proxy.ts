/** Passes requests on to a server on loopback and keeps a list of them: what was sent, whoever claims what. */

import { request } from "node:http";

import { startHttp } from "./loopback-server.ts";

export interface CountingProxy {
  /** The server's base URL, by way of the proxy. */
  readonly url: string;
  /** `POST /scim/v2/Users`, in order of arrival. */
  readonly passed: readonly string[];
  /** Those of `passed` that are no GET. */
  writes(): readonly string[];
  /** Begins to count anew. */
  reset(): void;
  close(): Promise<void>;
}

export async function startCountingProxy(baseUrl: string): Promise<CountingProxy> {
  const server = new URL(baseUrl);
  const passed: string[] = [];
  const proxy = await startHttp((incoming, answer) => {
    const { method = "", url = "", headers } = incoming;
    passed.push(`${method} ${url}`);
    const onward = request(new URL(url, server.origin), { method, headers }, (received) => {
      answer.writeHead(received.statusCode ?? 502, received.headers);
      received.pipe(answer);
    });
    onward.on("error", () => answer.destroy());
    incoming.pipe(onward);
  });
  return {
    url: `${proxy.url}${server.pathname}`,
    passed,
    writes: () => passed.filter((line) => !line.startsWith("GET ")),
    reset: () => {
      passed.length = 0;
    },
    close: proxy.close,
  };
}
