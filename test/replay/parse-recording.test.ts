/** A recording is read from a HAR file or from NDJSON, and what is wrong with it is told with its place. */

import { describe, expect, test } from "vitest";
import { AppError } from "../../src/ground/errors.ts";
import { harEntry, harFrame } from "../../src/recording/har.ts";
import { parseRecording } from "../../src/replay/recording/parse-recording.ts";
import type { RecordedEntry } from "../../src/replay/recording/recorded-entry.ts";
import type { Exchange } from "../../src/wire/exchange.ts";
import { exchangeJson } from "../../src/wire/exchange-json.ts";

const exchange: Exchange = {
  request: {
    method: "POST",
    path: "/Users",
    headers: { "Content-Type": "application/scim+json" },
    body: { userName: "josé@example.com" },
  },
  answer: {
    kind: "response",
    status: 201,
    headers: { location: "http://h/scim/Users/1" },
    text: '{"id":"1"}',
    json: { id: "1" },
  },
  startedAt: new Date("2026-09-01T08:00:00.000Z"),
  durationMs: 3,
};
const silence: Exchange = {
  ...exchange,
  answer: { kind: "no-response", reason: "timeout", message: "no answer" },
};

const line = (one: Exchange): string => `${JSON.stringify({ schemaVersion: 1, ...exchangeJson(one) })}\n`;
const { head, between, tail } = harFrame({ name: "test", version: "1" });
const har = (...entries: readonly object[]): string =>
  head + entries.map((entry) => JSON.stringify(entry)).join(between) + tail;
const entryOf = (one: Exchange): object => ({ ...harEntry(one, `http://h/scim${one.request.path}`) });

function entriesIn(text: string): readonly RecordedEntry[] {
  return parseRecording("r", text).entries;
}

describe("what --trace and --record write is read back", () => {
  test.each([
    ["NDJSON", line(exchange) + line(silence), "/Users"],
    ["HAR", har(entryOf(exchange), entryOf(silence)), "http://h/scim/Users"],
  ])("%s", (_form, text, url) => {
    const [first, second] = entriesIn(text);
    expect(first).toMatchObject({
      number: 1,
      method: "POST",
      url,
      requestHeaders: [["Content-Type", "application/scim+json"]],
      requestBody: { kind: "json", json: { userName: "josé@example.com" } },
      status: 201,
      answerBody: { kind: "json", json: { id: "1" } },
    });
    expect(first?.answerHeaders.get("location")).toBe("http://h/scim/Users/1");
    expect(second).toMatchObject({ number: 2, status: undefined, answerBody: { kind: "none" } });
  });
});

describe("HAR of other programs", () => {
  const plain = {
    startedDateTime: "2026-09-01T08:00:00.000Z",
    request: { method: "GET", url: "https://h/scim/Users/1" },
    response: { status: 200 },
  };
  const withContent = (content: object): object => ({ ...plain, response: { status: 200, content } });
  const base64 = (text: string): string => Buffer.from(text).toString("base64");

  test.each<readonly [what: string, entry: object, expected: object]>([
    ["an answer without content", plain, { answerBody: { kind: "not-recorded" } }],
    ["a size without a text", withContent({ size: 99 }), { answerBody: { kind: "not-recorded" } }],
    ["an empty answer", withContent({ size: 0, text: "" }), { answerBody: { kind: "none" } }],
    [
      "a body in Base64",
      withContent({ text: base64('{"id":"é"}'), encoding: "base64" }),
      { answerBody: { kind: "json", json: { id: "é" } } },
    ],
    ["a web page", withContent({ text: "<html>" }), { answerBody: { kind: "text", text: "<html>" } }],
    ["a request that the browser gave up", { ...plain, response: { status: 0 } }, { status: undefined }],
    ["no answer at all", { ...plain, response: null }, { status: undefined }],
    [
      "a body that was sent in Base64",
      { ...plain, request: { ...plain.request, postData: { text: base64("{}"), encoding: "base64" } } },
      { requestBody: { kind: "json", json: {} } },
    ],
    [
      "a body that was sent and not kept",
      { ...plain, request: { ...plain.request, headers: [{ name: "content-length", value: "12" }] } },
      { requestBody: { kind: "not-recorded" } },
    ],
  ])("%s", (_what, entry, expected) => {
    expect(entriesIn(har(entry))).toMatchObject([expected]);
  });

  test("a byte order mark at the beginning is none of the text", () => {
    expect(entriesIn(`\uFEFF${har(plain)}`)).toHaveLength(1);
  });

  test("entries stand in the order in which they began (HAR 1.2, entries); their numbers are those of the file", () => {
    const later = { ...plain, startedDateTime: "2026-09-01T09:00:00+02:00" };
    expect(entriesIn(har(plain, later)).map(({ number }) => number)).toEqual([2, 1]);
  });
});

describe("a recording that ends anywhere within its last entry is read up to there", () => {
  const entries = [exchange, silence, exchange];
  test.each<readonly [form: string, text: string, endOfEntries: number]>([
    ["HAR", har(...entries.map(entryOf)), -tail.length],
    ["NDJSON", entries.map(line).join(""), -1],
  ])("%s: wherever it is cut", (_form, text, endOfEntries) => {
    const lastEntry = text.lastIndexOf("\n{") + 1;
    const lastWhole = text.length + endOfEntries;
    for (let cutAt = lastEntry + 1; cutAt < text.trimEnd().length; cutAt += 1) {
      const { entries: read, isCutOff } = parseRecording("r", text.slice(0, cutAt));
      const whole = cutAt < lastWhole ? 2 : 3;
      expect([cutAt, read.length, isCutOff]).toEqual([cutAt, whole, true]);
    }
    expect(parseRecording("r", text)).toMatchObject({ isCutOff: false, entries: [{}, {}, {}] });
  });
});

describe("what is no recording is told with its place", () => {
  const withoutUrl = { request: { method: "GET" }, response: { status: 200 } };
  const deep = `{"schemaVersion":1,"a":${"[".repeat(80)}${"]".repeat(80)}}`;
  const form = /^A recording is a HAR file or an NDJSON file written by --trace\.$/;
  test.each<readonly [what: string, text: string, message: RegExp, hint: RegExp]>([
    ["nothing", " \n", /^The recording r is empty\.$/, form],
    ["another file", "name: x\n", /^The recording r is not JSON at line 1\.$/, form],
    ["an archive without entries", har(), /^The recording r has no requests\.$/, form],
    [
      "an archive that was cut within its first entry",
      har(entryOf(exchange)).slice(0, -40),
      /^The recording r is not JSON(?: at line \d+)?\.$/,
      form,
    ],
    [
      "a trace that was cut within its first line",
      line(exchange).slice(0, 90),
      /^The recording r is not JSON at line 1\.$/,
      form,
    ],
    [
      "a trace with a cut line in its middle",
      `${line(exchange).slice(0, 90)}\n${line(exchange)}`,
      /^The recording r is not JSON at line 1\.$/,
      form,
    ],
    [
      "a line that is no JSON",
      `${line(exchange)}{"a":}\n`,
      /^The recording r is not JSON at line 2\.$/,
      form,
    ],
    [
      "an entry without a URL",
      har(entryOf(exchange), withoutUrl),
      /^The recording r is not a HAR file: log\.entries\[1\]\.request\.url: expected string, received undefined\.$/,
      form,
    ],
    [
      "three million entries that are none",
      `{"log":{"entries":[${"{},".repeat(3_000_000)}{}]}}`,
      /^The recording r is not a HAR file: log\.entries\[0\]\.request: expected object, received undefined\.$/,
      form,
    ],
    [
      "a line of something else",
      `${line(exchange)}{"level":"info"}\n`,
      /^The recording r is not a trace: line 2, at schemaVersion: expected 1\.$/,
      form,
    ],
    [
      "a trace of a later version",
      line(exchange).replace('"schemaVersion":1', '"schemaVersion":2'),
      /^The recording r is not a trace: line 1, at schemaVersion: expected 1\.$/,
      form,
    ],
    ["nesting without end", deep, /^The recording r nests deeper than 64 levels at line 1\.$/, form],
  ])("%s", (_what, text, message, hint) => {
    const error = complaint(() => parseRecording("r", text));
    expect(error.message).toMatch(message);
    expect(error.hint).toMatch(hint);
    expect(error.code).toBe("invalid-file");
  });
});

function complaint(parse: () => unknown): AppError {
  try {
    parse();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error("nothing was wrong with it");
}
