/** What a key, or a request, makes of the live list. */

import { describe, expect, test } from "vitest";
import { listed, listWindow } from "../../../src/cli/live/model/list-window.ts";
import { keptLimits } from "../../../src/cli/live/model/kept-requests.ts";
import type { LiveState } from "../../../src/cli/live/model/state.ts";
import { update } from "../../../src/cli/live/update.ts";
import { pressing, received, stateWith } from "../../support/live-requests.ts";

const answer = (status: number) => ({ status, mediaType: "application/scim+json", text: "{}" });
const paths = (count: number, from = 1) =>
  Array.from({ length: count }, (_, at) => ({ url: `/scim/v2/o/Users/${from + at}` }));

const typed = (text: string): readonly string[] => text.split("");

/** The number of the selected request, and those on the screen. */
function seen(state: LiveState): { readonly selected: number | undefined; readonly onScreen: string } {
  const { requests, top, selected } = listWindow(state);
  const onScreen = requests.slice(top, top + state.size.rows - 3).map(({ number }) => number);
  return {
    selected: requests[selected]?.number,
    onScreen: onScreen.length === 0 ? "" : `${onScreen[0]}-${onScreen.at(-1)}`,
  };
}

/** 20 requests on a screen with room for 5. */
const twenty = stateWith(paths(20), { columns: 80, rows: 8 });

describe("the selection", () => {
  test.each<readonly [keys: readonly string[], selected: number, onScreen: string]>([
    [[], 20, "16-20"],
    [["up"], 19, "16-20"],
    [["k", "k", "k", "k"], 16, "16-20"],
    [["up", "up", "up", "up", "up"], 15, "15-19"],
    [["up", "up", "up", "up", "up", "down", "j"], 17, "15-19"],
    [["up", "up", "up", "up", "up", "down", "down", "down", "down", "down"], 20, "16-20"],
    [["down"], 20, "16-20"],
    [["pageup"], 16, "16-20"],
    [["pageup", "pageup"], 12, "12-16"],
    [["home"], 1, "1-5"],
    [["g", "up"], 1, "1-5"],
    [["home", "pagedown"], 5, "1-5"],
    [["home", "pagedown", "pagedown"], 9, "5-9"],
    [["home", "end"], 20, "16-20"],
    [["home", "G"], 20, "16-20"],
  ])("after %j it is on %i, and %s can be seen", (keys, selected, onScreen) => {
    expect(seen(pressing(twenty, keys).state)).toEqual({ selected, onScreen });
  });

  test("follows the latest request until it is moved, and again after End", () => {
    expect(seen(received(twenty, paths(2, 21)))).toEqual({ selected: 22, onScreen: "18-22" });
    const moved = pressing(twenty, ["up"]).state;
    expect(seen(received(moved, paths(2, 21)))).toEqual({ selected: 19, onScreen: "16-20" });
    expect(seen(pressing(received(moved, paths(2, 21)), ["end"]).state).selected).toBe(22);
  });

  test("moves to the oldest request that is kept where its own is not kept any more", () => {
    const first = pressing(twenty, ["home"]).state;
    const full = received(first, paths(keptLimits.requests, 21));
    expect(seen(full).selected).toBe(21);
  });

  test("there is none in an empty list, and no key fails there", () => {
    const keys = ["up", "down", "home", "end", "return", "r", "c", "/", "x", "return", "escape"];
    const { state, effects } = pressing(stateWith([]), keys);
    expect({ selected: seen(state).selected, effects }).toEqual({ selected: undefined, effects: [] });
  });
});

describe("what is kept", () => {
  test("the last ones, so many of them", () => {
    const state = received(twenty, paths(keptLimits.requests + 5, 21));
    expect(state.requests).toHaveLength(keptLimits.requests);
    expect(state.requests.at(-1)?.number).toBe(keptLimits.requests + 25);
    expect(state.total).toBe(keptLimits.requests + 25);
  });

  test("as many as fit by the length of their bodies", () => {
    const third = "x".repeat(keptLimits.characters / 3);
    const long = { answer: { ...answer(200), text: third } };
    expect(received(twenty, [long, long, long, long]).requests.map(({ number }) => number)).toEqual([
      22, 23, 24,
    ]);
  });
});

describe("the filter", () => {
  const state = stateWith([
    { method: "GET", url: "/scim/v2/o/Users?filter=userName%20eq%20%22Ada%40example.com%22" },
    { method: "PATCH", url: "/scim/v2/o/Groups/7", answer: answer(404) },
    { method: "POST", url: "/scim/v2/o/Users", answer: answer(429), faults: [{ status: 429 }] },
    { method: "DELETE", url: "/scim/v2/o/Users/7", answer: undefined, requestHeaders: {} },
    { method: "PUT", url: "/scim/v2/o/Users/9", requestHeaders: { adscimversion: "5.0" } },
  ]);

  test.each<readonly [filter: string, numbers: readonly number[]]>([
    ["users", [1, 3, 4, 5]],
    ["ADA@example", [1]],
    ["patch", [2]],
    ["4xx", [2, 3]],
    ["404", [2]],
    ["4xx users", [3]],
    ["users 4xx", [3]],
    ["cut", [4]],
    ["okta", [1, 2, 3]],
    ["entra", [5]],
    ["status=429", [3]],
    ["  ", [1, 2, 3, 4, 5]],
    ["nothing", []],
  ])("%j shows %j", (filter, numbers) => {
    const { state: filtered } = pressing(state, ["/", ...typed(filter), "return"]);
    expect(listed(filtered).map(({ number }) => number)).toEqual(numbers);
  });

  test("works while it is typed; Esc brings the one before back, Esc in the list removes it", () => {
    const filtered = pressing(state, [
      "/",
      ...typed("patch"),
      "return",
      "/",
      "backspace",
      "ctrl-u",
      ...typed("put"),
    ]).state;
    expect(listed(filtered)).toHaveLength(1);
    expect(filtered.filter).toBe("put");
    const escaped = pressing(filtered, ["escape"]).state;
    expect({ filter: escaped.filter, input: escaped.input }).toEqual({ filter: "patch", input: undefined });
    expect(pressing(escaped, ["escape"]).state.filter).toBe("");
  });

  test("letters are no commands while it is typed; Ctrl-C is one", () => {
    const { state: after, effects } = pressing(state, ["/", "q", "r", "c", "?", "ctrl-c"]);
    expect({ filter: after.filter, effects }).toEqual({ filter: "qrc?", effects: [{ kind: "quit" }] });
  });
});

describe("pausing", () => {
  const paused = pressing(twenty, [" "]).state;

  test("the list stands still, while requests are received, counted and kept", () => {
    const later = received(paused, paths(keptLimits.requests * 2, 21));
    expect(seen(later)).toEqual({ selected: 20, onScreen: "16-20" });
    expect(later.total).toBe(keptLimits.requests * 2 + 20);
    expect(later.requests).toHaveLength(keptLimits.requests);
  });

  test("it goes on with the latest", () => {
    expect(seen(pressing(received(paused, paths(3, 21)), ["p"]).state)).toEqual({
      selected: 23,
      onScreen: "19-23",
    });
  });
});

describe("the selected request", () => {
  const state = pressing(stateWith(paths(3)), ["up"]).state;
  const shown = (one: LiveState): number | undefined =>
    one.view.kind === "request" ? one.view.request.number : undefined;

  test.each<readonly [keys: readonly string[], number: number | undefined]>([
    [["return"], 2],
    [["return", "left"], 1],
    [["return", "left", "left"], 1],
    [["return", "right"], 3],
    [["return", "right", "right"], 3],
    [["return", "escape"], undefined],
    [["return", "q"], undefined],
    [["return", "return"], undefined],
  ])("%j shows %j", (keys, number) => {
    expect(shown(pressing(state, keys).state)).toBe(number);
  });

  test("is still shown when the list does not keep it any more", () => {
    const opened = pressing(state, ["return"]).state;
    expect(shown(received(opened, paths(keptLimits.requests, 4)))).toBe(2);
  });

  test.each([
    ["r", "send-again"],
    ["c", "print-curl"],
  ])("%s in the list and while it is shown: %s", (key, kind) => {
    expect(pressing(state, [key, "return", key]).effects).toMatchObject([
      { kind, request: { number: 2 } },
      { kind, request: { number: 2 } },
    ]);
  });

  test("is not sent again where its body is not kept", () => {
    const hidden = stateWith([{ requestText: "password=hunter2" }]);
    const { state: after, effects } = pressing(hidden, ["r"]);
    expect(effects).toEqual([]);
    expect(after.notice).toMatch(/^It cannot be sent again: /);
    expect(pressing(after, ["up"]).state.notice).toBeUndefined();
  });
});

describe("faults", () => {
  const status = (settings: { status: number }, expired = false) => ({
    settings,
    matched: 4,
    struck: 1,
    expiresAt: undefined,
    expired,
  });
  const state = update(stateWith([]), {
    kind: "faults",
    faults: [status({ status: 418 }), status({ status: 503 }), status({ status: 500 }, true)],
  }).state;
  const position = (text: string) => state.knownFaults.findIndex((fault) => fault.text === text);
  const select = (text: string) => ["f", ...Array.from({ length: position(text) }, () => "down")];

  test("those that are set are in the menu once, with the usual ones", () => {
    expect(state.knownFaults.filter(({ text }) => text === "status=503")).toHaveLength(1);
    expect(position("status=418")).toBeGreaterThan(0);
  });

  test.each<readonly [string, readonly unknown[]]>([
    ["status=418", [{ status: 503 }]],
    ["status=503", [{ status: 418 }]],
    ["latency=2s", [{ status: 418 }, { status: 503 }, "latency=2s"]],
    // It is over: switched on, it begins anew.
    ["status=500", [{ status: 418 }, { status: 503 }, "status=500"]],
  ])("Space on %s sets %j", (text, faults) => {
    expect(pressing(state, [...select(text), " "]).effects).toEqual([{ kind: "change-faults", faults }]);
  });

  test("one is added as --fault takes it; a mistake can be corrected", () => {
    const mistaken = pressing(state, ["f", "a", ...typed("status=999"), "return"]);
    expect(mistaken.effects).toEqual([]);
    expect(mistaken.state.notice).toContain('"status" cannot be "999"');
    const corrected = pressing(mistaken.state, [
      "backspace",
      "backspace",
      "backspace",
      ...typed("404"),
      "return",
    ]);
    expect(corrected.effects).toEqual([
      { kind: "change-faults", faults: [{ status: 418 }, { status: 503 }, "status=404"] },
    ]);
  });

  test("one that is on is not switched off by adding it", () => {
    const { effects, state: after } = pressing(state, ["f", "a", ...typed("status=418"), "return"]);
    expect({ effects, notice: after.notice }).toEqual({
      effects: [],
      notice: "This fault is on already.",
    });
  });
});

test.each<readonly [keys: readonly string[], effects: readonly string[]]>([
  [["q"], ["quit"]],
  [["ctrl-c"], ["quit"]],
  [["?", "q"], []],
  [["?", "ctrl-c"], ["quit"]],
  [["i", "q", "q"], ["quit"]],
  [["f", "q"], []],
  [["f", "a", "q"], []],
  [["ctrl-l"], ["redraw"]],
])("%j asks for %j", (keys, effects) => {
  expect(pressing(twenty, keys).effects.map(({ kind }) => kind)).toEqual(effects);
});
