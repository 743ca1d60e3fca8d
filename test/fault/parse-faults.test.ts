/** Faults as `--fault`, a program or the control endpoint writes them: what they mean, and what is said of mistakes. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { faultKeys, flagSpelling } from "../../src/fault/fault-keys.ts";
import { concerns, type Fault } from "../../src/fault/fault.ts";
import { parseFault, parseFaults } from "../../src/fault/parse-faults.ts";

const readAs = (text: string): Partial<Fault> => {
  const reading = parseFault(text);
  if (reading.kind === "mistake") throw new Error(`${reading.mistake.message} ${reading.mistake.hint}`);
  return reading.fault;
};

describe("what a fault says", () => {
  test.each<readonly [text: string, fault: Partial<Fault>]>([
    ["status=429", { status: 429, when: "before-write", method: undefined, rate: undefined }],
    ["status=429,retry-after=2", { retryAfterSeconds: 2 }],
    ["status=504,when=after-write", { when: "after-write" }],
    ["status=503,rate=0.1", { rate: 0.1 }],
    ["status=503,rate=.5", { rate: 0.5 }],
    ["status=503,rate=1", { rate: 1 }],
    ["status=503,every=3", { every: 3 }],
    ["status=503,times=2", { times: 2 }],
    ["status=503,for=90s", { forMs: 90_000 }],
    ["status=503,method=patch", { method: "PATCH" }],
    ["status=503,path=/Users", { path: "/Users" }],
    ["status=503,path=/Users/", { path: "/Users" }],
    ["latency=100ms", { latency: { kind: "fixed", ms: 100 } }],
    ["latency=1.5s", { latency: { kind: "fixed", ms: 1500 } }],
    ["latency=50ms..2s", { latency: { kind: "range", fromMs: 50, toMs: 2000 } }],
    [
      "latency=p50:20ms/p99:1s",
      {
        latency: {
          kind: "percentiles",
          points: [
            { share: 0.5, ms: 20 },
            { share: 0.99, ms: 1000 },
          ],
        },
      },
    ],
    ["cut=before-write", { cut: "before-write" }],
    ["cut=after-write", { cut: "after-write" }],
    ["cut=mid-answer,status=500", { cut: "mid-answer", status: 500 }],
    ["body=truncated", { body: "truncated" }],
    ["body=html,status=502", { body: "html", status: 502 }],
    ["content-type=text/html;charset=utf-8", { contentType: "text/html;charset=utf-8" }],
    ["slow=200", { bytesPerSecond: 200 }],
    ["slow=200B/s", { bytesPerSecond: 200 }],
    ["slow=10kB/s", { bytesPerSecond: 10_000 }],
    [" status = 503 , retryAfter = 1 ", { status: 503, retryAfterSeconds: 1 }],
  ])("%s", (text, fault) => {
    expect(readAs(text)).toMatchObject(fault);
  });
});

describe("what is no fault is told in a sentence, and what to do in another", () => {
  test.each<readonly [text: string, complaint: string]>([
    ["", '"" is not key=value. Example: status=429,retry-after=2,rate=0.1,path=/Users'],
    ["429", '"429" is not key=value. Example: status=429,retry-after=2,rate=0.1,path=/Users'],
    ["=429", '"=429" is not key=value. Example: status=429,retry-after=2,rate=0.1,path=/Users'],
    ["statsu=429", 'Unknown key "statsu". Did you mean "status"?'],
    ["retry=2,status=429", expect.stringMatching(/^Unknown key "retry"\. Known keys: method, path, rate, /)],
    ["status=429,retry-aftr=2", 'Unknown key "retry-aftr". Did you mean "retry-after"?'],
    ["__proto__=1", expect.stringMatching(/^Unknown key "__proto__"/)],
    ["constructor=1", expect.stringMatching(/^Unknown key "constructor"/)],
    ["status=200", '"status" cannot be "200". It must be a status from 400 to 599.'],
    ["status=4e2", '"status" cannot be "4e2". It must be a status from 400 to 599.'],
    ["status=429,status=503", '"status" is given twice. Keep one of them, or give --fault twice.'],
    ["status=503,rate=0", '"rate" cannot be "0". It must be a share of the requests, above 0 and up to 1.'],
    ["status=503,rate=10", '"rate" cannot be "10". It must be a share of the requests, above 0 and up to 1.'],
    [
      "status=503,path=Users",
      '"path" cannot be "Users". It must be a path below the SCIM URL, such as /Users.',
    ],
    ["status=503,method=BREW", '"method" cannot be "BREW". It must be GET, POST, PUT, PATCH or DELETE.'],
    [
      "latency=soon",
      '"latency" cannot be "soon". It must be a time up to an hour: 100ms, 50ms..200ms or p50:20ms/p99:1s.',
    ],
    ["latency=2s..1s", expect.stringMatching(/^"latency" cannot be "2s\.\.1s"\./)],
    ["latency=p99:1s/p50:20ms", expect.stringMatching(/^"latency" cannot be/)],
    ["latency=p50:20ms/p99:1ms", expect.stringMatching(/^"latency" cannot be/)],
    ["latency=2h", expect.stringMatching(/^"latency" cannot be "2h"\./)],
    ["cut=maybe", '"cut" cannot be "maybe". It must be before-write, after-write or mid-answer.'],
    ["slow=0", '"slow" cannot be "0". It must be a rate in bytes a second, such as 500 or 10kB/s.'],
    ["content-type=html", '"content-type" cannot be "html". It must be a media type, such as text/html.'],
    ["path=/Users,rate=0.5", "It has no effect. Add an effect, such as status=429 or latency=2s."],
    ["status=503,rate=0.5,every=2", '"rate" and "every" cannot be used together. Keep one of them.'],
    ["latency=1s,retry-after=2", '"retry-after" needs "status". Add one, such as status=429.'],
    ["body=html,when=after-write", '"when" needs "status". Add one, such as status=429.'],
    [
      "cut=after-write,body=html",
      'With cut=after-write there is no answer, so "body" has no effect. Keep one of them, or write cut=mid-answer.',
    ],
  ])("%s", (text, complaint) => {
    const reading = parseFault(text);
    const told =
      reading.kind === "mistake" ? `${reading.mistake.message} ${reading.mistake.hint}` : "is a fault";
    expect(told).toEqual(complaint);
  });
});

describe("settings, as a program and the control endpoint give them", () => {
  test("are shown as they were written", () => {
    const settings = { status: 503, retryAfter: 1, rate: 0.25, latency: "1.5s", for: "5m", slow: "10kB/s" };
    expect(parseFaults([settings])[0]?.settings).toEqual({ ...settings, slow: 10_000 });
  });

  test("a text means the same", () => {
    const [fromText, fromSettings] = parseFaults([
      "status=429,retry-after=2,rate=0.1,path=/Users",
      { status: 429, retryAfter: 2, rate: 0.1, path: "/Users" },
    ]);
    expect(fromText).toEqual(fromSettings);
  });

  test.each<readonly [spec: unknown, message: string]>([
    [7, "Fault 1: It must be text or an object."],
    [null, "Fault 1: It must be text or an object."],
    [{ status: [429] }, 'Fault 1: "status" must be text or a number.'],
    ["stauts=429", 'Fault "stauts=429": Unknown key "stauts".'],
  ])("%j is refused by its name", (spec, message) => {
    expect(() => parseFaults([spec])).toThrow(expect.objectContaining({ code: "usage", message }));
  });
});

const key = fc.constantFrom(...Object.keys(faultKeys).map(flagSpelling));
const value = fc.constantFrom(
  "429",
  "1",
  "0.5",
  "/Users",
  "POST",
  "30s",
  "1s..2s",
  "html",
  "mid-answer",
  "a/b",
);
const pairs = fc.array(
  fc.tuple(key, value).map((pair) => pair.join("=")),
  { maxLength: 4 },
);

test("whatever is written, the answer is a fault or a mistake, and a fault can be written down again", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ maxLength: 200 }), pairs.map(String)), (text) => {
      const reading = parseFault(text);
      const faults = reading.kind === "fault" ? [reading.fault] : [];
      expect(parseFaults(faults.map(({ settings }) => settings))).toEqual(faults);
    }),
  );
});

describe("a path is a prefix of whole segments", () => {
  test.each([
    ["/Users", "GET", "/Users", true],
    ["/Users", "GET", "/Users/c1", true],
    ["/Users", "GET", "/UsersAndMore", false],
    ["/Users/c1", "GET", "/Users", false],
    ["/Users", "GET", "/Groups", false],
  ])("path=%s: %s %s is %s", (path, method, requested, expected) => {
    expect(concerns({ path, method: undefined }, method, requested)).toBe(expected);
  });
});
