import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { formatDateTime, formatTokens } from "../../../../src/idp/entra/dotnet/date-format.ts";
import { parseExact, type DateTimeStyle } from "../../../../src/idp/entra/dotnet/date-parse.ts";
import {
  dateTime,
  fromDate,
  ticksOf,
  type DateTimeKind,
} from "../../../../src/idp/entra/dotnet/date-time.ts";
import { DotnetError } from "../../../../src/idp/entra/dotnet/dotnet-error.ts";

/** 2009-06-15T13:45:30.0050000, a Monday: the date of most of .NET's examples, with a fraction. */
const sample = ticksOf({ year: 2009, month: 6, day: 15, hour: 13, minute: 45, second: 30, fraction: 50_000 });
const today = fromDate(new Date("2026-02-28T10:00:00Z"));

function parse(text: string, format: string, styles: readonly DateTimeStyle[] = []): string | undefined {
  const date = parseExact(text, formatTokens(format), new Set(styles), today);
  return date === undefined ? undefined : formatDateTime(date, "o");
}

// .NET: "Custom date and time format strings", invariant culture.
describe("custom format specifiers", () => {
  test.each<[format: string, expected: string]>([
    ["%d", "15"],
    ["dd", "15"],
    ["ddd", "Mon"],
    ["dddd", "Monday"],
    ["%f", "0"],
    ["ff", "00"],
    ["fff", "005"],
    ["fffffff", "0050000"],
    ["s.F", "30"],
    ["s.FFF", "30.005"],
    ["%g", "A.D."],
    ["%h", "1"],
    ["hh", "01"],
    ["%H", "13"],
    ["HH", "13"],
    ["%m", "45"],
    ["mm", "45"],
    ["%M", "6"],
    ["MM", "06"],
    ["MMM", "Jun"],
    ["MMMM", "June"],
    ["%s", "30"],
    ["ss", "30"],
    ["%t", "P"],
    ["tt", "PM"],
    ["%y", "9"],
    ["yy", "09"],
    ["yyy", "2009"],
    ["yyyy", "2009"],
    ["yyyyy", "02009"],
    ["%z", "+0"],
    ["zz", "+00"],
    ["zzz", "+00:00"],
    ["HH:mm:ss", "13:45:30"],
    ["MM/dd", "06/15"],
    ["'at' h \"o'clock\"", "at 1 o'clock"],
    [String.raw`h \h`, "1 h"],
    ["yyyy年", "2009年"],
    ["d ", "15 "],
  ])("%s", (format, expected) => {
    expect(formatDateTime(dateTime(sample), format)).toBe(expected);
  });

  test.each<[kind: DateTimeKind, expected: string]>([
    ["utc", "Z"],
    ["local", "+00:00"],
    ["unspecified", ""],
  ])("K of a date that is %s", (kind, expected) => {
    expect(formatDateTime(dateTime(sample, kind), "HHK")).toBe(`13${expected}`);
  });

  test.each([
    [0, "12 AM"],
    [11, "11 AM"],
    [12, "12 PM"],
    [23, "11 PM"],
  ])("hour %i of twelve", (hour, expected) => {
    const ticks = ticksOf({ year: 1, month: 1, day: 1, hour, minute: 0, second: 0, fraction: 0 });
    expect(formatDateTime(dateTime(ticks), "h tt")).toBe(expected);
  });
});

// .NET: "Standard date and time format strings", invariant culture.
describe("standard formats", () => {
  test.each([
    ["d", "06/15/2009"],
    ["D", "Monday, 15 June 2009"],
    ["f", "Monday, 15 June 2009 13:45"],
    ["F", "Monday, 15 June 2009 13:45:30"],
    ["g", "06/15/2009 13:45"],
    ["G", "06/15/2009 13:45:30"],
    ["m", "June 15"],
    ["M", "June 15"],
    ["o", "2009-06-15T13:45:30.0050000Z"],
    ["O", "2009-06-15T13:45:30.0050000Z"],
    ["r", "Mon, 15 Jun 2009 13:45:30 GMT"],
    ["R", "Mon, 15 Jun 2009 13:45:30 GMT"],
    ["s", "2009-06-15T13:45:30"],
    ["t", "13:45"],
    ["T", "13:45:30"],
    ["u", "2009-06-15 13:45:30Z"],
    ["U", "Monday, 15 June 2009 13:45:30"],
    ["y", "2009 June"],
    ["Y", "2009 June"],
  ])("%s", (format, expected) => {
    expect(formatDateTime(dateTime(sample), format)).toBe(expected);
  });
});

describe("a format that is none is refused", () => {
  test.each([
    ["", '"" is not a date format.'],
    ["x", '"x" is not a date format.'],
    ["yyyy'", '"yyyy\'" ends inside quotes or after a backslash.'],
    ["yyyy\\", String.raw`"yyyy\" ends inside quotes or after a backslash.`],
    ["ffffffff", '"ffffffff" has more than seven f.'],
  ])("%s", (format, message) => {
    expect(() => formatTokens(format)).toThrow(new DotnetError(message));
  });
});

describe("ParseExact", () => {
  test.each<[rule: string, text: string, format: string, styles: readonly DateTimeStyle[], expected: string]>(
    [
      ["one letter takes one digit or two", "1/12/2020", "M/d/yyyy", [], "2020-01-12T00:00:00.0000000"],
      [
        "names, whatever their case",
        "MON, 15 june 2009",
        "ddd, d MMMM yyyy",
        [],
        "2009-06-15T00:00:00.0000000",
      ],
      ["noon", "2020-01-01 12 PM", "yyyy-MM-dd hh tt", [], "2020-01-01T12:00:00.0000000"],
      ["midnight", "2020-01-01 12 AM", "yyyy-MM-dd hh tt", [], "2020-01-01T00:00:00.0000000"],
      [
        "no half of the day is the first",
        "2020-01-01 12",
        "yyyy-MM-dd hh",
        [],
        "2020-01-01T00:00:00.0000000",
      ],
      ["two digits of a year before 50", "49-01", "yy-MM", [], "2049-01-01T00:00:00.0000000"],
      ["two digits of a year from 50", "50-01", "yy-MM", [], "1950-01-01T00:00:00.0000000"],
      [
        "a fraction that may be missing, with its point",
        "05:06",
        "mm:ss.FFF",
        [],
        "2026-02-28T00:05:06.0000000",
      ],
      ["a fraction that is there", "05:06.25", "mm:ss.FFF", [], "2026-02-28T00:05:06.2500000"],
      ["no date is today", "10:11", "HH:mm", [], "2026-02-28T10:11:00.0000000"],
      ["no date, by style", "10:11", "HH:mm", ["NoCurrentDateDefault"], "0001-01-01T10:11:00.0000000"],
      ["no year is this year", "12-31", "MM-dd", [], "2026-12-31T00:00:00.0000000"],
      [
        "an offset is taken off",
        "2020-01-01 00:00 -05:30",
        "yyyy-MM-dd HH:mm zzz",
        [],
        "2020-01-01T05:30:00.0000000+00:00",
      ],
      [
        "an offset without minutes",
        "2020-01-01 +01",
        "yyyy-MM-dd zz",
        [],
        "2019-12-31T23:00:00.0000000+00:00",
      ],
      [
        "Z stays UTC for RoundtripKind",
        "2020-01-01Z",
        "yyyy-MM-ddK",
        ["RoundtripKind"],
        "2020-01-01T00:00:00.0000000Z",
      ],
      ["Z is local without", "2020-01-01Z", "yyyy-MM-ddK", [], "2020-01-01T00:00:00.0000000+00:00"],
      ["K may be nothing", "2020-01-01", "yyyy-MM-ddK", ["RoundtripKind"], "2020-01-01T00:00:00.0000000"],
      [
        "AdjustToUniversal",
        "2020-01-01+01:00",
        "yyyy-MM-ddK",
        ["AdjustToUniversal"],
        "2019-12-31T23:00:00.0000000Z",
      ],
      ["AssumeUniversal", "2020", "yyyy", ["AssumeUniversal"], "2020-01-01T00:00:00.0000000+00:00"],
      [
        "AssumeUniversal, adjusted",
        "2020",
        "yyyy",
        ["AssumeUniversal", "AdjustToUniversal"],
        "2020-01-01T00:00:00.0000000Z",
      ],
      ["AssumeLocal", "2020", "yyyy", ["AssumeLocal"], "2020-01-01T00:00:00.0000000+00:00"],
      ["AllowWhiteSpaces", " 2020 - 01 ", "yyyy-MM", ["AllowWhiteSpaces"], "2020-01-01T00:00:00.0000000"],
      ["a specifier twice, saying the same", "2020 2020", "yyyy yyyy", [], "2020-01-01T00:00:00.0000000"],
    ],
  )("%s", (_rule, text, format, styles, expected) => {
    expect(parse(text, format, styles)).toBe(expected);
  });

  test.each<[rule: string, text: string, format: string]>([
    ["two letters take two digits", "1/12/2020", "MM/dd/yyyy"],
    ["nothing may be left over", "2020-01-01x", "yyyy-MM-dd"],
    ["blanks are not allowed by themselves", " 2020", "yyyy"],
    ["a weekday that is another", "Tue, 15 Jun 2009", "ddd, d MMM yyyy"],
    ["hour 13 of twelve", "13 PM", "hh tt"],
    ["a specifier twice, saying two things", "2020 2021", "yyyy yyyy"],
  ])("%s: no date", (_rule, text, format) => {
    expect(parse(text, format)).toBeUndefined();
  });

  test.each(["2021-02-29", "2021-13-01", "2021-00-10", "0000-01-01"])("the calendar has no %s", (text) => {
    expect(() => parse(text, "yyyy-MM-dd")).toThrow(DotnetError);
  });

  test("reads back what was written, for every instant", () => {
    const ticks = fc.bigInt({ min: 0n, max: 3_155_378_975_999_999_999n });
    const formats = fc.constantFrom("o", "yyyyMMddHHmmssfffffffK", "ddd, d MMM yyyy h:m:s.FFFFFFF ttK");
    fc.assert(
      fc.property(ticks, formats, (one, format) => {
        const written = formatDateTime(dateTime(one), format);
        const read = parseExact(written, formatTokens(format), new Set(["RoundtripKind"]), today);
        expect(read).toEqual(dateTime(one));
      }),
    );
  });

  test("agrees with JavaScript's own calendar", () => {
    const date = fc.date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(date, (one) => {
        expect(formatDateTime(fromDate(one), "yyyy-MM-ddTHH:mm:ss.fffZ")).toBe(one.toISOString());
      }),
    );
  });
});
