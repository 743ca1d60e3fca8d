/** A proxy in front of a management API on loopback that changes what it passes on: answers, bodies, links to next pages. */

import { request } from "undici";
import { startHttp } from "./loopback-server.ts";

/** An answer of the API, which a lie may change. */
export interface Told {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** @param path with the query; undefined is passed on as it is */
export type Lie = (path: string, told: Told) => Partial<Told> | undefined;

export interface LyingProxy {
  readonly url: string;
  /** Changes the lie. */
  readonly tell: (lie: Lie) => void;
  readonly close: () => Promise<void>;
}

/** Links to next pages lead to the proxy. */
export async function startLyingProxy(origin: string, first: Lie = () => undefined): Promise<LyingProxy> {
  let lie = first;
  const server = await startHttp((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      void pass(incoming.url ?? "/", Buffer.concat(chunks)).catch(() => outgoing.destroy());
    });
    const pass = async (path: string, body: Buffer): Promise<void> => {
      const {
        host: _host,
        "content-length": _length,
        connection: _connection,
        ...headers
      } = incoming.headers;
      const answer = await request(`${origin}${path}`, {
        method: (incoming.method ?? "GET") as "GET",
        headers,
        ...(body.length === 0 ? {} : { body }),
      });
      const own = (text: string): string => text.replaceAll(origin, server.url);
      const { "content-length": _counted, "transfer-encoding": _coded, ...rest } = answer.headers;
      const link = rest["link"];
      const told: Told = {
        status: answer.statusCode,
        headers: link === undefined ? rest : { ...rest, link: [link].flat().map(own) },
        body: own(await answer.body.text()),
      };
      const changed = { ...told, ...(incoming.method === "GET" ? lie(path, told) : undefined) };
      outgoing.writeHead(changed.status, changed.headers).end(changed.body);
    };
  });
  return {
    url: server.url,
    tell: (next) => {
      lie = next;
    },
    close: server.close,
  };
}
