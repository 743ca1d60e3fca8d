import { describe, expect, test } from "vitest";
import { hideEchoedSecrets } from "../../src/http/hide-echo.ts";
import type { WireAnswer } from "../../src/wire/exchange.ts";
import { json, noResponse, text } from "../support/conversation.ts";

const token = "t0ken/with a blank";

/** What is left of an answer. */
function heard(answer: WireAnswer): Promise<WireAnswer> {
  return hideEchoedSecrets(async () => answer, [token])({ method: "GET", path: "/Users", headers: {} });
}

describe("what a server repeats of the token in a complaint", () => {
  test("is taken out of its JSON, also where it stands in a key", async () => {
    expect(await heard(json(401, { detail: `no ${token} here`, [token]: 1 }))).toMatchObject({
      status: 401,
      json: { detail: "no [redacted] here", "[redacted]": 1 },
    });
  });

  test("is taken out of its text, as it is and percent-encoded", async () => {
    const answer = await heard(text(502, `<a href="?t=${encodeURIComponent(token)}">${token}</a>`));
    expect(answer).toMatchObject({ text: `<a href="?t=[redacted]">[redacted]</a>` });
  });

  test("and every JWT, which may be a proof made for this request", async () => {
    const jwt = "eyJ0eXAiOiJkcG9wK2p3dCJ9.eyJodG0iOiJHRVQifQ.c2lnbmF0dXJlLW9mLXRoZS1wcm9vZg";
    expect(
      await heard(json(400, { errorSummary: `bad proof: ${jwt}.` }, { "www-authenticate": jwt })),
    ).toMatchObject({
      json: { errorSummary: "bad proof: [redacted]." },
      headers: { "www-authenticate": "[redacted]" },
    });
  });

  test("is taken out of its headers", async () => {
    const answer = await heard(text(302, "", { location: `https://h.example/${token}` }));
    expect(answer).toMatchObject({ headers: { location: "https://h.example/[redacted]" } });
  });
});

test.each<readonly [what: string, answer: WireAnswer]>([
  ["an answer without it", json(200, { id: "1" }, { etag: 'W/"1"' })],
  ["no answer", noResponse("timeout")],
  ["a success, which is data, even where the token is a word of it", json(200, { displayName: token })],
])("%s stays as it is", async (_what, answer) => {
  expect(await heard(answer)).toEqual(answer);
});
