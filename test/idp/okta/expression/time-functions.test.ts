import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { evaluateExpression } from "../../../../src/idp/okta/expression/evaluate.ts";
import { ExpressionError } from "../../../../src/idp/okta/expression/expression-error.ts";
import { parseExpression } from "../../../../src/idp/okta/expression/parse.ts";
import { context, evaluate, quoted } from "../../../support/okta-expression.ts";

describe("Okta Expression Language overview: Time.now, at 2015-07-31T17:30:49.964Z", () => {
  test.each<[source: string, expected: string]>([
    ["Time.now()", "2015-07-31T17:30:49.964Z"],
    // The documented EST is four hours behind in July.
    ['Time.now("EST")', "2015-07-31T13:30:49.964-04:00"],
    ['Time.now("EST", "YYYY-MM-dd HH:mm:ss")', "2015-07-31 13:30:49"],
    ['Time.now("UTC")', "2015-07-31T17:30:49.964Z"],
    ['Time.now("")', "2015-07-31T17:30:49.964Z"],
    ['Time.now("Asia/Kolkata")', "2015-07-31T23:00:49.964+05:30"],
    ['Time.now("US/Pacific")', "2015-07-31T10:30:49.964-07:00"],
    ['Time.now("PST8PDT")', "2015-07-31T10:30:49.964-07:00"],
    ['Time.now("Etc/GMT+12")', "2015-07-31T05:30:49.964-12:00"],
    ['Time.now("JST")', "2015-08-01T02:30:49.964+09:00"],
    ['Time.now("+02:00")', "2015-07-31T19:30:49.964+02:00"],
  ])("%s", (source, expected) => {
    expect(evaluate(source)).toBe(expected);
  });

  test("has no value where nothing is being applied", () => {
    const expression = parseExpression("Time.now()");
    expect(() => evaluateExpression(expression, { ...context, now: undefined })).toThrow(
      "The current time is available only while Okta provisions, not in a comparison; calculated at position 1.",
    );
  });

  test.each<[source: string, message: string]>([
    ["Time.now('US/Pacifc')", "'US/Pacifc' is not a time zone; calculated at position 1."],
    [
      "Time.now('Europe/Berln')",
      "'Europe/Berln' is not a time zone (did you mean 'Europe/Berlin'?); calculated at position 1.",
    ],
    ["'' + Time.now('UTC', 'qq')", "'q' is not allowed in the time pattern 'qq'; calculated at position 6."],
    [
      "Time.fromIso8601ToString(user.hired, 'qq')",
      "'q' is not allowed in the time pattern 'qq'; calculated at position 1.",
    ],
    [
      "Time.fromStringToIso8601(user.hired, 'C')",
      "A time cannot be read with the letters z and C; calculated at position 1.",
    ],
    ["Time.now('UTC', '')", "The time pattern is empty; calculated at position 1."],
    [
      "Time.now('UTC', 'yyyy ''to')",
      "A quoted part of the time pattern is not closed; calculated at position 1.",
    ],
  ])("is refused when it is read: %s", (source, message) => {
    expect(() => parseExpression(source)).toThrow(message);
  });
});

describe("Joda-Time: DateTimeFormat, letter by letter", () => {
  test.each<[pattern: string, zone: string, expected: string]>([
    ["G", "UTC", "AD"],
    ["CC", "UTC", "20"],
    ["YYYY yy y", "UTC", "2015 15 2015"],
    ["xxxx-'W'ww-e", "UTC", "2015-W31-5"],
    ["E EEE EEEE", "UTC", "Fri Fri Friday"],
    ["D DDD", "UTC", "212 212"],
    ["M MM MMM MMMM", "UTC", "7 07 Jul July"],
    ["d dd ddd", "UTC", "31 31 031"],
    ["h:mm a", "UTC", "5:30 PM"],
    ["K k H", "UTC", "5 17 17"],
    ["hh:mm:ss.S SS SSS SSSSSS", "UTC", "05:30:49.9 96 964 964000"],
    ["Z ZZ ZZZ", "UTC", "+0000 +00:00 UTC"],
    ["Z ZZ ZZZ", "America/New_York", "-0400 -04:00 America/New_York"],
    ["z zzzz", "America/New_York", "EDT Eastern Daylight Time"],
    ["z zzzz", "UTC", "UTC Coordinated Universal Time"],
    ["hh 'o''clock'", "UTC", "05 o'clock"],
    ["''yyyy''", "UTC", "'2015'"],
    ["yyyyMMdd", "UTC", "20150731"],
  ])("%s in %s", (pattern, zone, expected) => {
    expect(evaluate(`Time.now('${zone}', ${quoted(pattern)})`)).toBe(expected);
  });

  test.each<[time: string, pattern: string, expected: string]>([
    ["2015-01-01T00:05:00Z", "h K k H a", "12 0 24 0 AM"],
    ["2015-01-01T12:05:00Z", "h K k H a", "12 0 12 12 PM"],
    ["2016-01-01T00:00:00Z", "xxxx ww yyyy", "2015 53 2016"],
    ["2016-12-31T00:00:00Z", "D", "366"],
    ["0050-02-01T00:00:00Z", "yyyy D", "0050 32"],
  ])("%s by %s", (time, pattern, expected) => {
    expect(evaluate(`Time.fromIso8601ToString('${time}', '${pattern}')`)).toBe(expected);
  });
});

describe("Okta Expression Language overview: conversions of times", () => {
  test.each<[source: string, expected: string]>([
    ["Time.fromWindowsToIso8601('130802124000000000')", "2015-07-01T08:20:00.000Z"],
    ["Time.fromWindowsToIso8601('116444736000000000')", "1970-01-01T00:00:00.000Z"],
    ["Time.fromUnixToIso8601('1438363849')", "2015-07-31T17:30:49.000Z"],
    ["Time.fromUnixToIso8601('-1')", "1969-12-31T23:59:59.000Z"],
    ["Time.fromIso8601ToWindows('1970-01-01T00:00:00Z')", "116444736000000000"],
    ["Time.fromIso8601ToUnix('2015-07-31T13:30:49.964-04:00')", "1438363849"],
    ["Time.fromIso8601ToString('2015-07-31T13:30:49.964-04:00', 'dd/MM/yyyy HH:mm')", "31/07/2015 17:30"],
    [
      "Time.fromStringToIso8601('17 June 2015 00:23:19', 'dd MMMM yyyy HH:mm:ss')",
      "2015-06-17T00:23:19.000Z",
    ],
    ["Time.fromStringToIso8601('7/4/2015', 'M/d/yyyy')", "2015-07-04T00:00:00.000Z"],
    ["Time.fromStringToIso8601('20150704', 'yyyyMMdd')", "2015-07-04T00:00:00.000Z"],
    ["Time.fromStringToIso8601('04-Jul-15', 'dd-MMM-yy')", "2015-07-04T00:00:00.000Z"],
    ["Time.fromStringToIso8601('04-Jul-80', 'dd-MMM-yy')", "1980-07-04T00:00:00.000Z"],
    ["Time.fromStringToIso8601('04-Jul-2015', 'dd-MMM-yy')", "2015-07-04T00:00:00.000Z"],
    ["Time.fromStringToIso8601('150704', 'yyMMdd')", "2015-07-04T00:00:00.000Z"],
    ["Time.fromStringToIso8601('0.57', 's.SS')", "1970-01-01T00:00:00.570Z"],
    ["Time.fromStringToIso8601('Fri, 31 Jul 2015', 'EEE, dd MMM yyyy')", "2015-07-31T00:00:00.000Z"],
    ["Time.fromStringToIso8601('12:05 AM', 'hh:mm a')", "1970-01-01T00:05:00.000Z"],
    ["Time.fromStringToIso8601('12:05 pm', 'hh:mm a')", "1970-01-01T12:05:00.000Z"],
    ["Time.fromStringToIso8601('24:00', 'kk:mm')", "1970-01-01T00:00:00.000Z"],
    ["Time.fromStringToIso8601('2015-07-31 13:30 -0400', 'yyyy-MM-dd HH:mm Z')", "2015-07-31T17:30:00.000Z"],
    ["Time.fromStringToIso8601('2015-07-31 13:30 Z', 'yyyy-MM-dd HH:mm Z')", "2015-07-31T13:30:00.000Z"],
    [
      "Time.fromStringToIso8601('2015-07-31 13:30 America/New_York', 'yyyy-MM-dd HH:mm ZZZ')",
      "2015-07-31T17:30:00.000Z",
    ],
    ["Time.fromStringToIso8601('10.5', 's.S')", "1970-01-01T00:00:10.500Z"],
    ["Time.fromStringToIso8601('2016-366', 'yyyy-D')", "2016-12-31T00:00:00.000Z"],
    ["Time.fromStringToIso8601('2015-W53-5', 'xxxx-''W''ww-e')", "2016-01-01T00:00:00.000Z"],
    ["Time.fromStringToIso8601('0050 32', 'yyyy D')", "0050-02-01T00:00:00.000Z"],
    ["Time.fromStringToIso8601('AD 2015', 'G yyyy')", "2015-01-01T00:00:00.000Z"],
  ])("%s", (source, expected) => {
    expect(evaluate(source)).toBe(expected);
  });

  test.each<[source: string, message: RegExp]>([
    [
      "Time.fromWindowsToIso8601('')",
      /^'' is not a time: a whole number is needed; calculated at position 1\.$/,
    ],
    ["Time.fromUnixToIso8601('soon')", /^'soon' is not a time: a whole number/],
    ["Time.fromUnixToIso8601(null)", /^'' is not a time: a whole number/],
    // The "never" of Active Directory.
    ["Time.fromWindowsToIso8601('9223372036854775807')", /is not a time between the years 0 and 9999/],
    ["Time.fromIso8601ToUnix('')", /^'' is not a time in ISO 8601/],
    ["Time.fromIso8601ToWindows('31.7.2015')", /^'31\.7\.2015' is not a time in ISO 8601/],
    ["Time.fromIso8601ToString('2015-07-31T00:00:00Z', 'qq')", /^'q' is not allowed in the time pattern/],
    ["Time.fromStringToIso8601('', 'yyyy')", /^'' does not match that time pattern: it ends too early/],
    ["Time.fromStringToIso8601('2015-07', 'yyyy')", /it has '-07'/],
    [
      "Time.fromStringToIso8601('2015-02-30', 'yyyy-MM-dd')",
      /is not a valid date, or not a valid time of day/,
    ],
    ["Time.fromStringToIso8601('2015-366', 'yyyy-D')", /is not a valid date/],
    ["Time.fromStringToIso8601('25:00', 'HH:mm')", /not a valid time of day/],
    ["Time.fromStringToIso8601('13:00 PM', 'hh:mm a')", /not a valid time of day/],
    ["Time.fromStringToIso8601('12:60', 'HH:mm')", /not a valid time of day/],
    ["Time.fromStringToIso8601('EST', 'z')", /^A time cannot be read with the letters z and C/],
    ["Time.fromStringToIso8601('1 Foo 2015', 'd MMM yyyy')", /it has 'Foo 2015'/],
    ["Time.fromStringToIso8601('12 Nowhere/City', 'H ZZZ')", /^'Nowhere\/City' is not a time zone/],
  ])("Inferred: a text that is no time is an error: %s", (source, message) => {
    expect(() => evaluate(source)).toThrow(message);
  });
});

function resultOf(source: string): unknown {
  try {
    return evaluate(source);
  } catch (error) {
    return error;
  }
}

describe("laws of the Time functions", () => {
  const instant = fc.date({
    min: new Date("0001-01-01T00:00:00Z"),
    max: new Date("2199-12-31T23:59:59Z"),
    noInvalidDate: true,
  });

  test("to a Windows time and back is the same instant, to Unix and back the same second", () => {
    fc.assert(
      fc.property(instant, (date) => {
        const iso = date.toISOString();
        expect(evaluate(`Time.fromWindowsToIso8601(Time.fromIso8601ToWindows('${iso}'))`)).toBe(iso);
        expect(evaluate(`Time.fromUnixToIso8601(Time.fromIso8601ToUnix('${iso}'))`)).toBe(
          `${iso.slice(0, 19)}.000Z`,
        );
      }),
      { numRuns: 50 },
    );
  });

  test("whatever the text and the pattern, the answer is a time or an ExpressionError", () => {
    const letters = fc.string({
      unit: fc.constantFrom(..."GCYxweEyDMdaKhHkmsSzZ'-/: ".split("")),
      maxLength: 12,
    });
    const text = fc.string({
      unit: fc.constantFrom(..."0123456789-:/+ AaPpMmZJul".split("")),
      maxLength: 20,
    });
    fc.assert(
      fc.property(letters, text, (pattern, time) => {
        const source = `Time.fromStringToIso8601(${quoted(time)}, ${quoted(pattern)})`;
        expect(resultOf(source)).toEqual(
          expect.toSatisfy((result) => typeof result === "string" || result instanceof ExpressionError),
        );
      }),
      { numRuns: 50 },
    );
  });

  test.each([
    "yyyy-MM-dd'T'HH:mm:ss.SSSZ",
    "yyyyMMddHHmmssSSS",
    "EEEE, d MMMM yyyy hh:mm:ss.SSS a ZZ",
    "D yyyy kk:mm:ss,SSS",
    "xxxx'W'ww e K:m:s.SSS a",
  ])("what %s writes it reads", (pattern) => {
    fc.assert(
      fc.property(instant, (date) => {
        const iso = date.toISOString();
        const text = `Time.fromIso8601ToString('${iso}', ${quoted(pattern)})`;
        expect(evaluate(`Time.fromStringToIso8601(${text}, ${quoted(pattern)})`)).toBe(iso);
      }),
      { numRuns: 30 },
    );
  });
});
