/** Ctrl-C twice while a server drips its answer: the process ends, whatever it was waiting for. */

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import net from "node:net";
import { fileURLToPath } from "node:url";

import { expect, onTestFinished, test } from "vitest";
import { startHttp } from "../support/loopback-server.ts";
import { plainEnvironment } from "../support/run-program.ts";

const program = fileURLToPath(new URL("../../bin/astro-scim.js", import.meta.url));
const fixture = "fixtures/okta-small.yaml";
const list = JSON.stringify({ totalResults: 0, Resources: [] });
const created = { id: "1", userName: "ada@example.com", displayName: "Ada" };

interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  /** Resolves once it has said this. */
  readonly said: (text: string) => Promise<void>;
}

function start(...argv: readonly string[]): Started {
  const child = spawn(process.execPath, [program, ...argv], { env: plainEnvironment() });
  onTestFinished(() => void child.kill("SIGKILL"));
  const ended = once(child, "close").then(([status]) => status as number | null);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      child.emit("output");
    });
  }
  const said = async (text: string): Promise<void> => {
    while (!output.includes(text)) await once(child, "output");
  };
  return { child, ended, said };
}

/** A server that drips its answer to the first request of which this is true, and to all that follow. */
async function startDripping(isTheOne: (request: IncomingMessage) => boolean) {
  let begin = (): void => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  let isDripping = false;
  const server = await startHttp((request, response) => {
    request.resume();
    isDripping ||= isTheOne(request);
    const isWrite = request.method === "POST";
    response.writeHead(isWrite ? 201 : 200, { "content-type": "application/scim+json" });
    if (!isDripping) return void response.end(isWrite ? JSON.stringify(created) : list);
    const timer = setInterval(() => response.write(" "), 5);
    response.on("close", () => clearInterval(timer));
    return begin();
  });
  onTestFinished(server.close);
  return { begun, target: ["--url", `${server.url}/scim/v2`, "--token", "abcdef", "--timeout", "600"] };
}

const isPost = ({ method }: IncomingMessage): boolean => method === "POST";

function afterPost(): (request: IncomingMessage) => boolean {
  let isWritten = false;
  return (request) => {
    if (isPost(request)) isWritten = true;
    return isWritten && request.method === "GET";
  };
}

test.each<readonly [when: string, argv: readonly string[], at: (request: IncomingMessage) => boolean]>([
  ["a simulated write", ["simulate", "okta", fixture], isPost],
  ["a write of a repair", ["resync", "--all", "--yes", "--from", fixture], isPost],
  ["reading a write back", ["resync", "--all", "--yes", "--from", fixture], afterPost()],
])("during %s the second SIGINT ends it with 130", async (_when, argv, at) => {
  const { begun, target } = await startDripping(at);
  const { child, ended, said } = start(...argv, ...target);
  await begun;
  child.kill("SIGINT");
  await said("press Ctrl-C again to stop immediately");
  child.kill("SIGINT");
  expect(await ended).toBe(130);
});

test("during a read the first SIGINT is enough", async () => {
  const { begun, target } = await startDripping(() => true);
  const { child, ended } = start("diff", fixture, ...target);
  await begun;
  child.kill("SIGINT");
  expect(await ended).toBe(130);
});

test("while it connects the first SIGINT is enough", async () => {
  const server = net.createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const { port } = server.address() as net.AddressInfo;
  const url = `https://127.0.0.1:${port}/scim/v2`;
  const { child, ended } = start("diff", fixture, "--url", url, "--token", "abcdef", "--timeout", "600");
  await once(server, "connection");
  child.kill("SIGINT");
  expect(await ended).toBe(130);
});
