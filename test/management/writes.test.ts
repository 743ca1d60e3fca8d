/** Writes to a management API: what an answer means, and that nothing is sent twice that may have been carried out. */

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

const purpose = { does: "assign users to the app", needs: "okta.apps.manage" };
const write = { method: "POST", path: "/api/v1/apps/0oa1/users", body: { id: "00u1" } } as const;

let server: OktaLike;
let client: OktaClient;
let received = 0;
afterEach(async () => {
  await client.close();
  await server.close();
});

/** Answers in turn, the last one again and again; undefined closes the connection. */
async function start(...answers: readonly (OktaAnswer | undefined)[]): Promise<void> {
  received = 0;
  server = await startOktaLike(() => {
    received += 1;
    return answers[Math.min(received, answers.length) - 1];
  });
  client = oktaClient(server.url);
}

const tooMany = { status: 429, body: oktaError("E0000047", "API call exceeded rate limit") };
const done = { status: 200, body: { id: "00u1" } };

interface Answered {
  readonly answers: readonly (OktaAnswer | undefined)[];
  readonly kind: WriteAnswer["kind"];
  readonly requests: number;
  readonly message?: string;
}

const cases: readonly (readonly [string, Answered])[] = [
  ["a success is accepted", { answers: [done], kind: "accepted", requests: 1 }],
  ["204 without a body is accepted", { answers: [{ status: 204, body: "" }], kind: "accepted", requests: 1 }],
  ["429 was not carried out, and is sent again", { answers: [tooMany, done], kind: "accepted", requests: 2 }],
  [
    "a refusal is told in Okta's words",
    {
      answers: [{ status: 400, body: oktaError("E0000001", "Api validation failed: appUser") }],
      kind: "refused",
      requests: 1,
      message: "Okta answered 400, E0000001: Api validation failed: appUser",
    },
  ],
  [
    "a status that does not allow it is no missing right",
    {
      answers: [
        {
          status: 403,
          body: oktaError("E0000038", "This operation is not allowed in the user's current status."),
        },
      ],
      kind: "refused",
      requests: 1,
    },
  ],
  [
    "a failure of the server may have been carried out",
    { answers: [{ status: 503 }], kind: "unknown", requests: 1 },
  ],
  ["so may a connection that is lost", { answers: [undefined], kind: "unknown", requests: 1 }],
  [
    "so may what a proxy answers",
    { answers: [{ status: 404, body: "<html>" }], kind: "unknown", requests: 1 },
  ],
];

describe("a write", () => {
  test.each(cases)("%s", async (_, { answers, kind, requests, message }) => {
    await start(...answers);
    const answer = await client.api.write(write, purpose);
    expect(answer).toMatchObject({ kind, ...(message === undefined ? {} : { message }) });
    expect(received).toBe(requests);
  });

  test("without the right names the scope", async () => {
    await start({ status: 403, body: oktaError("E0000006", "You do not have permission") });
    const error: AppError = await client.api.write(write, purpose).then(
      () => {
        throw new Error("it was accepted");
      },
      (reason: AppError) => reason,
    );
    expect(error.code).toBe("permission-missing");
    expect(error.message).toContain("to assign users to the app; okta.apps.manage is needed");
  });

  test("is not sent after Ctrl-C", async () => {
    await start(done);
    client.interrupt();
    await expect(client.api.write(write, purpose)).rejects.toMatchObject({ code: "interrupted" });
    expect(received).toBe(0);
  });
});
