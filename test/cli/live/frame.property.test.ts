/** Whatever is received and pressed, at whatever size: the screen is filled, no line is too wide, nothing obeys a client. */

import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { Chalk } from "chalk";
import { update } from "../../../src/cli/live/update.ts";
import { frame } from "../../../src/cli/live/view/frame.ts";
import { fitted, folded, inColumns, painted, span } from "../../../src/cli/live/view/line.ts";
import type { LiveState } from "../../../src/cli/live/model/state.ts";
import type { RawExchange } from "../../../src/server/log/received.ts";
import { keyPress, received, stateWith } from "../../support/live-requests.ts";

/** Texts of all kinds: plain, wide, joined, accents in heaps, control and escape sequences, half surrogates. */
const hostile = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    "\u001B[2J\u001B[H",
    "\u001B]0;title\u0007",
    "\u009B31m",
    "\r\n\t\b",
    "日本語テスト",
    "👨‍👩‍👧‍👦🏳️‍🌈❤️",
    "e\u0301".repeat(50),
    `a${"\u0301".repeat(500)}`,
    "\u202Eabc\u2066",
    "\u1100".repeat(40),
    "\uD800",
    "\u200B\u00AD\uFEFF",
    "x".repeat(3000),
  ),
);

const exchanges: fc.Arbitrary<Partial<RawExchange>> = fc.record(
  {
    method: fc.constantFrom("GET", "PATCH", "OPTIONS"),
    url: hostile.map(
      (text) => `/scim/v2/o/Users?filter=${encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, ""))}`,
    ),
    requestHeaders: fc.dictionary(
      fc.oneof(fc.constantFrom("user-agent", "adscimversion", "accept", "content-length"), hostile),
      hostile,
    ),
    requestText: fc.oneof(
      hostile,
      hostile.map((text) => JSON.stringify({ [text]: text, list: [text, 1, null] })),
    ),
    answer: fc.option(
      fc.record({
        status: fc.constantFrom(200, 404),
        mediaType: fc.constant("text/plain"),
        text: hostile,
        detail: hostile,
      }),
      { nil: undefined },
    ),
    durationMs: fc.double({ min: 0, max: 1e9, noNaN: true }),
    faults: fc.constantFrom([], [{ status: 429, retryAfter: 2, path: "/Users/日本語" }]),
  },
  { requiredKeys: [] },
);

const keys = fc.oneof(
  fc.constantFrom("up", "down", "left", "right", "pageup", "pagedown", "home", "end"),
  fc.constantFrom("return", "escape", "backspace", ..." pfi?/arcqG".split("")),
  hostile,
);

type Move =
  | { readonly kind: "press"; readonly key: string }
  | { readonly kind: "receive"; readonly exchanges: readonly Partial<RawExchange>[] }
  | { readonly kind: "resize"; readonly columns: number; readonly rows: number }
  | { readonly kind: "notice"; readonly text: string };

const moves: fc.Arbitrary<Move> = fc.oneof(
  { weight: 4, arbitrary: keys.map((key): Move => ({ kind: "press", key })) },
  fc.array(exchanges, { maxLength: 5 }).map((some): Move => ({ kind: "receive", exchanges: some })),
  fc.record({
    kind: fc.constant("resize" as const),
    columns: fc.integer({ min: 1, max: 160 }),
    rows: fc.integer({ min: 1, max: 50 }),
  }),
  hostile.map((text): Move => ({ kind: "notice", text })),
);

function moved(state: LiveState, move: Move): LiveState {
  switch (move.kind) {
    case "press":
      return update(state, { kind: "key", key: keyPress(move.key) }).state;
    case "receive":
      return received(state, move.exchanges);
    case "resize":
      return update(state, { kind: "resize", size: { columns: move.columns, rows: move.rows } }).state;
    case "notice":
      return update(state, { kind: "notice", text: move.text }).state;
  }
}

const ourColours = new RegExp(String.raw`\u001B\[\d{1,2}m`, "g");
const control = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069\p{Surrogate}]/u;
const textOf = (line: ReturnType<typeof frame>[number]): string => line.map(({ text }) => text).join("");

test("as many lines as the screen has, each in its width, and without control characters", () => {
  fc.assert(
    fc.property(fc.array(exchanges, { maxLength: 10 }), fc.array(moves, { maxLength: 15 }), (first, all) => {
      let state = stateWith(first);
      for (const move of all) {
        state = moved(state, move);
        const lines = frame(state).map(textOf);
        const { columns, rows } = state.size;
        const wrong = lines.filter((line) => stringWidth(line) > columns || control.test(line));
        expect({ wrong, count: lines.length }).toEqual({ wrong: [], count: rows });
      }
    }),
    { numRuns: 150 },
  );
});

test("what is painted is that text and our own colours", () => {
  const paint = new Chalk({ level: 1 });
  fc.assert(
    fc.property(fc.array(exchanges, { minLength: 1, maxLength: 5 }), (first) => {
      for (const line of frame(stateWith(first))) {
        expect(painted(line, paint).replaceAll(ourColours, "")).toBe(textOf(line));
      }
    }),
  );
});

test("the token is in no line, wherever a client puts it", () => {
  const withToken: Partial<RawExchange> = {
    url: "/scim/v2/o/Users?filter=the-token&x=the-token",
    requestHeaders: { "user-agent": "the-token/1", accept: "the-token", "x-own": "the-token" },
    requestText: '{"userName":"the-token"}',
    answer: { status: 400, mediaType: "text/plain", text: "the-token", detail: "the-token" },
  };
  for (const keysPressed of [[], ["return"]]) {
    let state = stateWith([withToken], { columns: 140, rows: 60 });
    for (const key of keysPressed) state = moved(state, { kind: "press", key });
    expect(frame(state).map(textOf).join("\n")).not.toContain("the-token");
    expect(frame(state).map(textOf).join("\n")).toContain("[redacted]");
  }
});

describe("texts in columns", () => {
  test("a text is cut to its width, or fills it", () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 0, max: 100 }), (text, columns) => {
        expect(stringWidth(inColumns(text, columns))).toBe(columns);
        expect(stringWidth(textOf(fitted([span(text)], columns)))).toBeLessThanOrEqual(columns);
      }),
    );
  });

  test("a folded text is the same text", () => {
    const plain = fc.string({ unit: fc.constantFrom("a", "é", "日", "👍", '"') });
    fc.assert(
      fc.property(plain, fc.integer({ min: 2, max: 40 }), (text, columns) => {
        const lines = folded(text, columns);
        expect(lines.join("")).toBe(text);
        for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
      }),
    );
  });
});
