/** Writes over a management API: sent once, repeated only where they were certainly not carried out. */

import { afterEach, describe, expect, test } from "vitest";
import type { AppError } from "../../src/ground/errors.ts";
import type { WriteAnswer } from "../../src/management/management-api.ts";
import {
  oktaClient,
  oktaError,
  startOktaLike,
  type OktaAnswer,
  type OktaClient,
  type OktaLike,
} from "../support/okta-answers.ts";

const purpose = { does: "assign Ada", needs: "okta.apps.manage" };
const request = { method: "POST", path: "/api/v1/apps/0oa1/users", body: { id: "00u1" } } as const;

let server: OktaLike;
let client: OktaClient;
afterEach(async () => {
  await client.close();
  await server.close();
});

/** Answers in turn; the last one again and again. */
async function writeTo(
  answers: readonly (OktaAnswer | undefined)[],
  sent: Parameters<OktaClient["api"]["write"]>[0] = request,
): Promise<WriteAnswer> {
  server = await startOktaLike(({ number }) => answers[Math.min(number, answers.length) - 1]);
  client = oktaClient(server.url);
  return client.api.write(sent, purpose);
}

describe("a write", () => {
  test("is sent with its body, and its answer is the result", async () => {
    const result = await writeTo([{ status: 200, body: { id: "00u1", status: "PROVISIONED" } }]);
    expect(result).toEqual({ kind: "accepted", status: 200, json: { id: "00u1", status: "PROVISIONED" } });
    expect(server.requests).toMatchObject([
      { method: "POST", url: request.path, body: JSON.stringify(request.body) },
    ]);
    expect(server.requests[0]?.headers["content-type"]).toBe("application/json");
  });

  test("that is answered 429 is repeated, whatever its method", async () => {
    const tooMany = { status: 429, headers: { "Retry-After": "7" }, body: oktaError("E0000047", "Too many") };
    const result = await writeTo([tooMany, { status: 201, body: {} }]);
    expect(result.kind).toBe("accepted");
    expect(server.requests).toHaveLength(2);
    expect(client.waits).toHaveLength(1);
  });

  test.each<[string, OktaAnswer | undefined]>([
    ["whose connection breaks", undefined],
    ["whose answer is cut off", { body: { id: "00u1" }, cutAfter: 3 }],
    ["that is answered 500", { status: 500, body: oktaError("E0000009", "Internal Server Error") }],
    ["that a gateway answers", { status: 502, body: "<html>" }],
    ["that something on the way refuses", { status: 413, body: "<html>" }],
  ])(
    "%s may have been carried out, and is not repeated, also where its method would allow that",
    async (_, answer) => {
      const result = await writeTo([answer], { method: "DELETE", path: "/api/v1/apps/0oa1/users/00u1" });
      expect(result.kind).toBe("unknown");
      expect(server.requests).toHaveLength(1);
    },
  );

  test("that is refused says so in the API's words", async () => {
    const result = await writeTo([{ status: 400, body: oktaError("E0000001", "Api validation failed: id") }]);
    expect(result).toEqual({
      kind: "refused",
      status: 400,
      message: "Okta answered 400, E0000001: Api validation failed: id",
    });
  });

  test("for which a scope is missing names the scope", async () => {
    const refused = writeTo([{ status: 403, body: oktaError("E0000006", "You do not have permission") }]);
    const error = (await refused.catch((reason: unknown) => reason)) as AppError;
    expect(error.code).toBe("permission-missing");
    expect(error.message).toContain(
      "does not allow these credentials to assign Ada; okta.apps.manage is needed",
    );
    expect(server.requests).toHaveLength(1);
  });

  test("after Ctrl-C is not begun", async () => {
    server = await startOktaLike(() => ({}));
    client = oktaClient(server.url);
    client.interrupt();
    await expect(client.api.write(request, purpose)).rejects.toMatchObject({ code: "interrupted" });
    expect(server.requests).toHaveLength(0);
  });

  test("to where nothing listens was not carried out", async () => {
    server = await startOktaLike(() => ({}));
    client = oktaClient(server.url);
    await server.close();
    expect(await client.api.write(request, purpose)).toMatchObject({ kind: "not-sent" });
  });
});
