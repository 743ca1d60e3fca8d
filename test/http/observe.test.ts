import { expect, test } from "vitest";

import { withObserver } from "../../src/http/observe.ts";
import type { Exchange, WireAnswer, WireRequest } from "../../src/wire/exchange.ts";

const token = "a-token-of-some-length";

test("each attempt is shown once, with its time, without secrets; the caller gets the answer as it came", async () => {
  const request: WireRequest = {
    method: "POST",
    path: "/Users",
    headers: {},
    body: { password: "hunter22" },
  };
  const answer: WireAnswer = {
    kind: "response",
    status: 400,
    headers: { "set-cookie": "sid=1" },
    text: `token ${token}`,
    json: undefined,
  };
  const shown: Exchange[] = [];
  let clockMs = 1000;
  const send = withObserver(
    async () => {
      clockMs += 25;
      return answer;
    },
    {
      source: "provider",
      onExchange: (exchange) => shown.push(exchange),
      secrets: [token],
      now: () => new Date(clockMs),
    },
  );

  expect(await send(request)).toBe(answer);
  expect(shown).toEqual([
    {
      source: "provider",
      request: { ...request, body: { password: "[redacted]" } },
      answer: { ...answer, headers: { "set-cookie": "[redacted]" }, text: "token [redacted]" },
      startedAt: new Date(1000),
      durationMs: 25,
    },
  ]);
});
