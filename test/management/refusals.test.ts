/** What is said where Okta refuses: the permission that is missing, and where to grant it. */

import { afterEach, describe, expect, test } from "vitest";
import * as z from "zod";
import type { AppError } from "../../src/ground/errors.ts";
import {
  oktaClient,
  oktaError,
  oktaToken,
  startOktaLike,
  type OktaAnswer,
  type OktaClient,
  type OktaLike,
} from "../support/okta-answers.ts";

const app = z.looseObject({ id: z.string(), label: z.string() });
const purpose = { reads: "the app's attribute mappings", needs: "okta.profileMappings.read" };

let server: OktaLike;
let client: OktaClient;
afterEach(async () => {
  await client.close();
  await server.close();
});

async function start(answer: OktaAnswer): Promise<void> {
  server = await startOktaLike(() => answer);
  client = oktaClient(server.url);
}

async function refusalOf(answer: OktaAnswer): Promise<AppError> {
  await start(answer);
  return (await client.api.get("/api/v1/mappings/prm1", app, purpose).then(
    () => {
      throw new Error("it was read");
    },
    (error: unknown) => error,
  )) as AppError;
}

describe("a call that is refused", () => {
  test("for lack of a scope names the scope and where to grant it", async () => {
    const error = await refusalOf({
      status: 403,
      headers: { "WWW-Authenticate": 'Bearer error="insufficient_scope"' },
      body: oktaError("E0000006", "You do not have permission to perform the requested action"),
    });
    expect(error.code).toBe("permission-missing");
    expect(error.message).toContain("okta.profileMappings.read is needed");
    expect(error.message).toContain("E0000006: You do not have permission");
    expect(error.hint).toContain("Okta API Scopes");
    expect(error.hint).toContain("Read-only Administrator");
  });

  test("for its token says so, and does not repeat the token that the server echoes", async () => {
    const error = await refusalOf({ status: 401, body: oktaError("E0000011", "Invalid token provided") });
    expect(error.code).toBe("unauthorized");
    expect(error.message).toContain("refused the credentials");
    expect(error.message).toContain("E0000011: Invalid token provided");
    expect(error.message + (error.hint ?? "")).not.toContain(oktaToken);
  });

  test.each<[string, OktaAnswer, string]>([
    ["a web page", { body: "<html>", headers: { "Content-Type": "text/html" } }, "a web page (text/html)"],
    [
      "an object without what is needed",
      { body: { id: "prm1" } },
      "the object prm1 is not in the expected form at label",
    ],
    ["a list", { body: [] }, "an object is not in the expected form"],
    [
      "a redirect",
      { status: 302, headers: { Location: "https://login.example/a?token=x" } },
      "it was redirected to https://login.example.",
    ],
  ])("as answered with %s is incomplete", async (_, answer, words) => {
    const error = await refusalOf(answer);
    expect(error.code).toBe("source-incomplete");
    expect(error.message).toContain(words);
    expect(error.message).toContain("Could not read the app's attribute mappings from Okta");
  });
});

describe("an object that may not be there", () => {
  test("is undefined where Okta says so", async () => {
    await start({
      status: 404,
      body: oktaError("E0000007", "Not found: Resource not found: prm1 (Mapping)"),
    });
    expect(await client.api.find("/api/v1/mappings/prm1", app, purpose)).toBeUndefined();
  });

  test("is not believed to be missing where the 404 is not Okta's", async () => {
    await start({ status: 404, body: "<html>no such page</html>" });
    await expect(client.api.find("/api/v1/mappings/prm1", app, purpose)).rejects.toMatchObject({
      code: "source-incomplete",
    });
  });
});
