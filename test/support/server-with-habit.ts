/** A small SCIM server on loopback whose every answer goes through a habit. */

import type { IncomingMessage, ServerResponse } from "node:http";

import { onTestFinished } from "vitest";
import type { JsonObject } from "../../src/ground/json.ts";
import type { WireMethod, WireRequest, WireResponse } from "../../src/wire/exchange.ts";
import { startHttp } from "./loopback-server.ts";
import { tinyScim } from "./tiny-scim.ts";

export type Habit = (request: WireRequest, answer: WireResponse) => WireResponse;

/** `--url URL --token abc`; it ends with the test. */
export async function serverWithHabit(habit: Habit): Promise<readonly string[]> {
  const { send } = tinyScim();
  const relay = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const request = {
      method: incoming.method as WireMethod,
      path: incoming.url ?? "/",
      headers: {},
      ...(text === "" ? {} : { body: JSON.parse(text) as JsonObject }),
    };
    const answer = habit(request, (await send(request)) as WireResponse);
    outgoing.writeHead(answer.status, answer.headers);
    outgoing.end(answer.text);
  };
  const server = await startHttp((incoming, outgoing) => {
    relay(incoming, outgoing).catch(() => outgoing.destroy());
  });
  onTestFinished(server.close);
  return ["--url", server.url, "--token", "abc"];
}
