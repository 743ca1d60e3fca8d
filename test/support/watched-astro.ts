/** A local Astro behind a server that notes each request and can misbehave in its place. */

import { Agent, request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";

import { onTestFinished } from "vitest";
import { iamHeader } from "../../src/astro/address.ts";
import { readFixture } from "../../src/fixture/read.ts";
import { startServer } from "../../src/server/start.ts";
import { startHttp } from "./loopback-server.ts";
import { scimClient, type ScimClient } from "./scim-client.ts";

/** A request on its way to Astro. */
export interface Passing {
  readonly method: string;
  /** Below the base URL, with the query: `/Users?filter=…`. */
  readonly path: string;
  readonly body: string;
  /** From 1. */
  readonly number: number;
  readonly headers: IncomingMessage["headers"];
}

/** A status with a SCIM error, an answer that never comes, or a connection that is cut. */
export type Misbehaviour = number | "silence" | "cut";

export interface WatchedAstroOptions {
  /** Text of a fixture, whose `astro:` part and organization the server starts with. */
  readonly fixture: string;
  readonly token?: string;
  /** What it says when it misbehaves. */
  readonly complaint?: string;
  /** Called before Astro sees the request; what is returned is answered in its place. */
  readonly before?: (passing: Passing) => Misbehaviour | undefined | Promise<Misbehaviour | undefined>;
  /** Called between Astro's answer and the moment when it is passed on; what is returned is passed on in its place. */
  readonly after?: (
    passing: Passing,
    answer: PassedAnswer,
  ) => PassedAnswer | void | Promise<PassedAnswer | void>;
  /** Whether it says that it has an IAM API; without it, it is any SCIM server. */
  readonly hasIam?: true;
  /** Answers without Astro where it returns something. */
  readonly instead?: (passing: Passing) => PassedAnswer | undefined;
}

/** An answer on its way back. */
export interface PassedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface WatchedAstro {
  /** SCIM base URL of the watching server. */
  readonly url: string;
  readonly token: string;
  readonly organizationId: string;
  /** `--url URL --token TOKEN`. */
  readonly target: readonly string[];
  /** `GET /Users?…`, in order of arrival. */
  readonly requests: readonly string[];
  /** Those that are no reads. */
  writes(): readonly string[];
  /** Their bodies. */
  readonly writtenBodies: readonly string[];
  /** Forgets the requests so far. */
  forget(): void;
  /** From now on connections are refused, and those that are open are cut. */
  die(): Promise<void>;
  /** Ends both before the test does: for tests that start many. */
  stop(): Promise<void>;
  /** Speaks with the Astro behind, unwatched. */
  readonly behind: ScimClient;
  /** Active accounts by userName, and Teams with the userNames of their members; all sorted. */
  state(): Promise<{ readonly users: readonly string[]; readonly teams: Readonly<Record<string, string[]>> }>;
}

/** Starts both; they end with the test. */
export async function startWatchedAstro(options: WatchedAstroOptions): Promise<WatchedAstro> {
  const { astro: seed, organization } = readFixture("astro.yaml", options.fixture, { shipped: false });
  const { token = "watched-astro-token" } = options;
  const astro = await startServer({ seed, organizationId: organization, token });
  const agent = new Agent({ keepAlive: true });
  const requests: string[] = [];
  const writtenBodies: string[] = [];
  const prefix = new URL(astro.url).pathname;
  const front = await startHttp((request, response) => {
    // Whoever asked has gone, or the test is over.
    relay(request, response).catch(() => response.destroy());
  });
  let isStopped = false;
  const stop = async (): Promise<void> => {
    if (isStopped) return;
    isStopped = true;
    agent.destroy();
    await front.close();
    await astro.close();
  };
  onTestFinished(stop);

  const relay = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = "", url = "" } = request;
    const path = url.replace(prefix, "");
    const number = requests.push(`${method} ${path}`);
    const body = await textOf(request);
    if (method !== "GET") writtenBodies.push(body);
    const passing = { method, path, body, number, headers: request.headers };
    const misbehaviour = await options.before?.(passing);
    if (misbehaviour === "silence") return;
    if (misbehaviour === "cut") {
      request.socket.destroy();
      return;
    }
    if (misbehaviour === undefined) await passOn(passing, request, response);
    else answerError(response, misbehaviour, options.complaint ?? "it misbehaves");
  };

  const passOn = async (
    passing: Passing,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> => {
    const honest =
      options.instead?.(passing) ?? (await forward(request, passing.body, { port: astro.port, agent }));
    const answer = (await options.after?.(passing, honest)) ?? honest;
    const { [iamHeader]: _, ...others } = answer.headers;
    response.writeHead(answer.status, options.hasIam === true ? answer.headers : others);
    response.end(answer.body);
  };

  const behind = scimClient(astro);
  const url = `${front.url}${prefix}`;
  return {
    url,
    token,
    organizationId: organization,
    target: ["--url", url, "--token", token],
    requests,
    writes: () => requests.filter((line) => !line.startsWith("GET ")),
    writtenBodies,
    forget: () => {
      requests.length = 0;
    },
    die: () => front.close(),
    stop,
    behind,
    state: () => stateOf(behind),
  };
}

async function forward(
  { method, url, headers }: IncomingMessage,
  body: string,
  { port, agent }: { readonly port: number; readonly agent: Agent },
): Promise<PassedAnswer> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const outgoing = httpRequest({ host: "127.0.0.1", port, agent, method, path: url, headers }, resolve);
    outgoing.on("error", reject);
    outgoing.end(body);
  });
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: await textOf(answer) };
}

async function textOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function answerError(response: ServerResponse, status: number, detail: string): void {
  const schemas = ["urn:ietf:params:scim:api:messages:2.0:Error"];
  response.writeHead(status, { "content-type": "application/scim+json" });
  response.end(JSON.stringify({ schemas, status: String(status), detail }));
}

interface Listed {
  readonly id: string;
  readonly userName: string;
  readonly displayName: string;
  readonly active?: boolean;
  readonly members?: readonly { readonly value: string }[];
}

async function stateOf(client: ScimClient): ReturnType<WatchedAstro["state"]> {
  const list = async (endpoint: string): Promise<readonly Listed[]> =>
    (await client.get(`${endpoint}?count=1000`)).body.Resources;
  const users = (await list("/Users")).filter(({ active }) => active !== false);
  const nameOf = new Map(users.map(({ id, userName }) => [id, userName]));
  const teams = (await list("/Groups")).map(({ displayName, members = [] }) => {
    const names = members.map(({ value }) => nameOf.get(value) ?? `unknown ${value}`);
    return [displayName, names.toSorted()] as const;
  });
  return {
    users: [...nameOf.values()].toSorted(),
    teams: Object.fromEntries(teams.toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
}
