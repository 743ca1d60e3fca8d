import { describe, expect, test } from "vitest";

import { withReadOnly } from "../../src/http/read-only.ts";
import type { WireAnswer, WireMethod } from "../../src/wire/exchange.ts";

const ok: WireAnswer = { kind: "response", status: 200, headers: {}, text: "", json: undefined };

describe("a target marked readOnly", () => {
  test.each<[WireMethod, string, boolean]>([
    ["GET", "/Users", true],
    ["POST", "/.search", true],
    ["POST", "/Users/.search?aadOptscim062020", true],
    ["POST", "/Users", false],
    ["POST", "/Bulk", false],
    ["POST", "/Users?x=/.search", false],
    ["PUT", "/Users/1", false],
    ["PATCH", "/Groups/1", false],
    ["DELETE", "/Users/1", false],
  ])("%s %s is let through: %s", async (method, path, isAllowed) => {
    let sent = 0;
    const send = withReadOnly(async () => {
      sent += 1;
      return ok;
    }, "profile prod");
    const outcome = await send({ method, path, headers: {} }).catch((error: unknown) => error);
    const refusal = { code: "refused", message: `profile prod is marked readOnly: ${method} was not sent.` };
    expect(outcome).toMatchObject(isAllowed ? ok : refusal);
    expect(sent).toBe(isAllowed ? 1 : 0);
  });
});
