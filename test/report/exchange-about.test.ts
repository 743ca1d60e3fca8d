/** Which requests are about a user or a Team. */

import { describe, expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../../src/ground/json.ts";
import { ExchangesAbout } from "../../src/report/exchange-about.ts";
import type { Exchange, WireMethod } from "../../src/wire/exchange.ts";

function exchange(method: WireMethod, path: string, body?: JsonObject, json?: JsonValue): Exchange {
  const text = json === undefined ? "" : JSON.stringify(json);
  return {
    request: { method, path, headers: {}, ...(body === undefined ? {} : { body }) },
    answer: { kind: "response", status: 200, headers: {}, text, json },
    startedAt: new Date(0),
    durationMs: 1,
  };
}

const lookUp = "/Users?filter=userName%20eq%20%22Ada%40example.com%22";

describe("a user", () => {
  test("is looked up by name, in whatever case", () => {
    expect(new ExchangesAbout(["ada@example.com"]).includes(exchange("GET", lookUp))).toBe(true);
    expect(new ExchangesAbout(["da@example.com"]).includes(exchange("GET", lookUp))).toBe(false);
  });

  test("is known by the id once an answer has said it: in a path, as a member, in the path of a PATCH", () => {
    const about = new ExchangesAbout(["ada@example.com"]);
    const byId = exchange("DELETE", "/Users/u1");
    expect(about.includes(byId)).toBe(false);
    about.includes(
      exchange("POST", "/Users", { userName: "ada@example.com" }, { id: "u1", userName: "ADA@example.com" }),
    );
    expect(about.includes(byId)).toBe(true);
    expect(about.includes(exchange("PUT", "/Groups/g1", { members: [{ value: "u1" }] }))).toBe(true);
    const removal = { Operations: [{ op: "remove", path: 'members[value eq "u1"]' }] };
    expect(about.includes(exchange("PATCH", "/Groups/g1", removal))).toBe(true);
    expect(about.includes(exchange("PUT", "/Groups/g1", { members: [{ value: "u11" }] }))).toBe(false);
    expect(about.includes(exchange("GET", "/Users/u11"))).toBe(false);
  });

  test("is known by the id that the provider remembers", () => {
    const about = new ExchangesAbout(["ada@example.com"]);
    about.remember([
      { name: "Ada@example.com", id: "u1" },
      { name: "grace@example.com", id: "u2" },
    ]);
    expect(about.includes(exchange("PATCH", "/Users/u1"))).toBe(true);
    expect(about.includes(exchange("PATCH", "/Users/u2"))).toBe(false);
  });

  test("keeps the id after a new name", () => {
    const about = new ExchangesAbout(["ada@example.com"]);
    about.includes(exchange("PATCH", "/Users/u1", {}, { id: "u1", userName: "ada@example.com" }));
    expect(about.includes(exchange("PUT", "/Users/u1", { userName: "countess@example.com" }))).toBe(true);
  });
});

test("a Team is known by its name, and no user who is called the same", () => {
  const about = new ExchangesAbout(["data"]);
  about.includes(
    exchange("GET", "/Users/u1", undefined, { id: "u1", userName: "x@example.com", displayName: "data" }),
  );
  about.includes(exchange("POST", "/Groups", { displayName: "data" }, { id: "g1", displayName: "data" }));
  expect(about.includes(exchange("DELETE", "/Users/u1"))).toBe(false);
  expect(about.includes(exchange("DELETE", "/Groups/g1"))).toBe(true);
});

test("it says of whom nothing was sent", () => {
  const about = new ExchangesAbout(["ada@example.com", "adda@example.com"]);
  about.includes(exchange("GET", lookUp));
  expect(about.unmet()).toEqual(["adda@example.com"]);
});
