/** What one reading may take in and hold: beyond it the reading is incomplete, whatever the server goes on to send. */

import { describe, expect, test } from "vitest";
import { readAstroState } from "../../../src/astro/api/reading/read.ts";
import { createReadingBudget } from "../../../src/astro/api/reading/reading-budget.ts";
import { getRequest } from "../../../src/astro/api/request.ts";
import type { Send } from "../../../src/wire/exchange.ts";

const target = "https://scim.example.test/scim/v2";
const mebibyte = 1024 * 1024;
const noLimits = { receivedBytes: Infinity, heldBytes: Infinity };
const sendsOneMebibyte: Send = async () => ({
  kind: "response",
  status: 200,
  headers: {},
  text: " ".repeat(mebibyte),
  json: undefined,
});

describe("what is received", () => {
  test("all answers count together", async () => {
    const { send } = createReadingBudget(sendsOneMebibyte, target, {
      ...noLimits,
      receivedBytes: 2 * mebibyte,
    });
    await send(getRequest("/Users", "1"));
    await send(getRequest("/Groups", "1"));
    await expect(send(getRequest("/Users", "2"))).rejects.toMatchObject({
      code: "source-incomplete",
      message: `${target} could not be read in full: it answered with more than 2 MiB.`,
    });
  });
});

test("a list without end is given up: reading an Astro has such a budget", async () => {
  let pages = 0;
  const sendsFatPages: Send = async () => {
    pages += 1;
    const user = { id: `${pages}`, userName: `user.${pages}@example.com` };
    const json = { totalResults: 100_000, Resources: [user] };
    return { kind: "response", status: 200, headers: {}, text: " ".repeat(64 * mebibyte), json };
  };
  await expect(readAstroState(sendsFatPages, { target })).rejects.toMatchObject({
    code: "source-incomplete",
    message: `${target} could not be read in full: it answered with more than 1 GiB.`,
  });
  expect(pages).toBe(17);
});

describe("what is held", () => {
  test.each<readonly [what: string, item: unknown]>([
    ["a long name", { userName: "x".repeat(mebibyte) }],
    ["many members", { memberIds: new Set(Array.from({ length: 50_000 }, (_, at) => String(at))) }],
    [
      "many attributes",
      { attributes: Object.fromEntries(Array.from({ length: 50_000 }, (_, at) => [at, ""])) },
    ],
  ])("%s counts", (_what, item) => {
    const { hold } = createReadingBudget(sendsOneMebibyte, target, { ...noLimits, heldBytes: 2 * mebibyte });
    expect(hold(item)).toBe(item);
    expect(() => [hold(item), hold(item)]).toThrow("it has more than 2 MiB");
  });
});
