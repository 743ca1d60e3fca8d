/** What the list says of a request, and which of its terminals it takes. */

import { describe, expect, test } from "vitest";
import { clientName } from "../../../src/cli/live/model/client-name.ts";
import { wantsLiveList } from "../../../src/cli/live/wants-live-list.ts";
import { connectionLines } from "../../../src/cli/live/view/pages.ts";
import { frame } from "../../../src/cli/live/view/frame.ts";
import { liveRequests, pressing, stateWith } from "../../support/live-requests.ts";
import { liveTerminal } from "../../support/live-terminal.ts";
import { fakeIo } from "../../support/fake-io.ts";
import type { LiveState } from "../../../src/cli/live/model/state.ts";

const lines = (state: LiveState): readonly string[] =>
  frame(state).map((line) =>
    line
      .map(({ text }) => text)
      .join("")
      .trimEnd(),
  );

test.each<readonly [userAgent: string | undefined, hasEntraHeader: boolean, name: string | undefined]>([
  ["Okta SCIM Client 1.0.0", false, "Okta"],
  ["OKTA SCIM Integration", false, "Okta"],
  [undefined, true, "Entra"],
  ["curl/8.5.0", false, "curl"],
  ["astro-scim/0.1.0", false, "astro-scim"],
  ["Mozilla/5.0 (X11)", false, "Mozilla"],
  [undefined, false, undefined],
  ["", false, undefined],
  ["(none)", false, undefined],
])("User-Agent %j, Entra's header %j: %j", (userAgent, hasEntraHeader, name) => {
  expect(clientName({ userAgent, hasEntraHeader })).toBe(name);
});

test.each<readonly [durationMs: number, text: string]>([
  [0.4, "0 ms"],
  [9_999, "9999 ms"],
  [12_345, "12.3 s"],
])("%d milliseconds are %s", (durationMs, text) => {
  expect(liveRequests([{ durationMs }])[0]?.words().duration).toBe(text);
});

describe("a line", () => {
  const patch = {
    method: "PATCH",
    url: "/scim/v2/o/Users?filter=userName%20eq%20%22ada.lovelace%40example.com%22",
    faults: [{ status: 429, every: 5 }],
    answer: { status: 429, mediaType: "application/scim+json", text: "{}", detail: "a fault" },
  };
  const row = (columns: number): string =>
    (lines(stateWith([patch], { columns, rows: 6 }))[2] ?? "").replace(/\d\d:\d\d:\d\d/, "09:00:00");

  test("at 140 columns shows all of it", () => {
    expect(row(140)).toBe(
      `> 09:00:00  PATCH   /Users?filter=userName eq "ada.lovelace@example.com"  fault status=429${" ".repeat(24)}429     3 ms  Okta`,
    );
  });

  test("at 80 columns shows as much of the path as fits beside the fault", () => {
    expect(row(80)).toBe("> 09:00:00  PATCH   /Users?filter=user…  fault status=429 429     3 ms  Okta");
  });

  test("at 40 columns leaves out the time and the client", () => {
    expect(row(40)).toBe("> PATCH   /Users?…  faul… 429     3 ms");
  });
});

describe("a request that is shown", () => {
  const state = stateWith(
    [
      {
        method: "POST",
        requestHeaders: { accept: "application/scim+json", "x-own": "secret", "content-length": "40" },
        requestText: '{"userName":"ada","password":"hunter2"}',
        answer: {
          status: 201,
          mediaType: "application/scim+json",
          headers: { etag: 'W/"1"' },
          text: '{"id":"7"}',
        },
      },
    ],
    { columns: 100, rows: 30 },
  );

  test("has its headers and bodies, without secrets", () => {
    const shown = lines(pressing(state, ["return"]).state).map((line) =>
      line.replace(/\d\d:\d\d:\d\d/, "09:00:00"),
    );
    expect(shown.slice(0, 22)).toEqual([
      "Request 1 of 1",
      "POST /Users  201",
      "  answered  09:00:00, after 3 ms",
      "",
      "  Request POST /scim/v2/o/Users",
      "    > accept: application/scim+json",
      "    > x-own: [redacted]",
      "    > content-length: 40",
      "    > {",
      '    >   "userName": "ada",',
      '    >   "password": "[redacted]"',
      "    > }",
      "",
      "  Answer 201",
      "    < content-type: application/scim+json",
      '    < etag: W/"1"',
      "    < {",
      '    <   "id": "7"',
      "    < }",
      "",
      "",
      "",
    ]);
  });

  test("a body that is no JSON object is not shown", () => {
    const text = stateWith([{ requestText: "hunter2", requestHeaders: { "content-length": "7" } }]);
    const shown = lines(pressing(text, ["return"]).state).join("\n");
    expect(shown).toContain("> [not shown: cannot be read as a JSON object]");
    expect(shown).not.toContain("hunter2");
  });

  test.each([
    ["/scim/v2/o/Users", "too long"],
    ["/_control/faults", "not kept for the control endpoint"],
  ])("a body that was not kept, of %s: %s", (url, why) => {
    const sent = { url, requestHeaders: { "content-length": "9999999" }, isWithoutBodies: true };
    const shown = lines(pressing(stateWith([sent]), ["return"]).state).join("\n");
    expect(shown).toContain(`> [not shown: ${why}]`);
  });

  test("of a very long answer as much as can be read", () => {
    const list = JSON.stringify(Array.from({ length: 20_000 }, (_, at) => at));
    const long = stateWith([{ answer: { status: 200, mediaType: "application/json", text: list } }]);
    const end = lines(pressing(long, ["return", "end"]).state);
    expect(end.at(-2)).toBe("    [15002 more lines; --record keeps all of them]");
  });
});

test("an empty list says how a client reaches the server", () => {
  expect(lines(stateWith([])).slice(0, 5)).toEqual([
    "Local Astro  http://127.0.0.1:8888/scim/v2/o",
    "",
    "  Waiting for requests. Nothing has been received yet.",
    "",
    "  SCIM URL       http://127.0.0.1:8888/scim/v2/o",
  ]);
});

test("a URL that does not fit beside its label stands below it, whole and without an indent", () => {
  const url = "http://127.0.0.1:8888/scim/v2/cknaqyipv05731evsry6cj4n0?aadOptscim062020";
  const shown = connectionLines([{ label: "for Entra ID", value: url }], 80);
  expect(shown.map((line) => line.map(({ text }) => text).join(""))).toEqual(["  for Entra ID", url]);
});

describe("the menu of faults at 80 columns", () => {
  test("shows each description whole, below the fault where there is no room beside it", () => {
    const menu = lines(pressing(stateWith([], { columns: 80, rows: 40 }), ["f"]).state).join("\n");
    expect(menu).toContain(
      "  [ ] cut=mid-answer\n        the connection is closed in the middle of the answer\n",
    );
    expect(menu).not.toContain("…");
  });

  test("shows what is wrong with a fault that is typed, whole, above it", () => {
    const typing = pressing(stateWith([]), [
      "f",
      "a",
      ...Array.from("status=429,body=html,nonsense=1"),
      "return",
    ]).state;
    const [text = ""] = [typing.notice];
    const shown = lines(typing);
    expect(text).not.toBe("");
    expect(shown.join(" ").replaceAll(/\s+/g, " ")).toContain(
      `${text} Fault: status=429,body=html,nonsense=1`,
    );
  });
});

describe("the live list is shown", () => {
  const env = { TERM: "xterm" };

  test("at a terminal", () => {
    expect(wantsLiveList(liveTerminal({ env }), {})).toBe(true);
    expect(wantsLiveList(liveTerminal({ env: { TERM: "xterm", CI: "false" } }), {})).toBe(true);
  });

  test.each([{ plain: true }, { bodies: true }, { json: true }, { quiet: true }])("not with %j", (flags) => {
    expect(wantsLiveList(liveTerminal({ env }), flags)).toBe(false);
  });

  test.each([{ TERM: "dumb" }, { TERM: "xterm", CI: "true" }, { TERM: "xterm", CI: "1" }])(
    "not in %j",
    (environment) => {
      expect(wantsLiveList(liveTerminal({ env: environment }), {})).toBe(false);
    },
  );

  test("not where either side is no terminal", () => {
    const io = liveTerminal({ env });
    const none = fakeIo({ env });
    expect(wantsLiveList({ ...io, stdin: none.stdin }, {})).toBe(false);
    expect(wantsLiveList({ ...io, stdout: none.stdout }, {})).toBe(false);
  });
});
