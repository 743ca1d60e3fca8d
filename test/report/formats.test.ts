/** Every format of the table with every kind of result that it has: valid, and nothing hostile comes out. */

import type { Command } from "commander";
import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { safeOutput } from "../../src/cli/output/safe-output.ts";
import { printerOf } from "../../src/cli/output/print-result.ts";
import { buildProgram } from "../../src/cli/program.ts";
import { unprintable } from "../../src/ground/text/printable.ts";
import { formats, formatsOf, type FormatName, type ResultKind } from "../../src/report/formats.ts";
import { fakeIo } from "../support/fake-io.ts";
import { resultsOfEachKind } from "../support/results-of-each-kind.ts";
import { parseXml } from "../support/xml.ts";

const token = "T0ken-of.mine";
/** Broken into lines within the token, either of these would stand on one of them. */
const partsOfToken = /T0ken-|f\.mine/;
const hostile =
  `x\u001B[2J\u009B31m\u202Etxt\r\nError: forged |*<b>"\\\u0000 ${"y".repeat(38)}${token} `.repeat(3);
const examples = resultsOfEachKind(hostile);

const everyCell = Object.keys(formats)
  .filter((name): name is FormatName => name in formats)
  .flatMap((name) => kindsOf(name).map((kind) => ({ name, kind })));

function kindsOf(name: FormatName): readonly ResultKind[] {
  return Object.keys(formats[name]).filter((kind): kind is ResultKind => kind in examples);
}

/** What the examples of a kind print, each by itself; `filtered` as the streams of a command are. */
async function printed(
  name: FormatName,
  kind: ResultKind,
  { isFiltered, columns }: { readonly isFiltered: boolean; readonly columns?: number },
): Promise<readonly string[]> {
  return Promise.all(
    examples[kind].map(async (result) => {
      const world = fakeIo({
        env: { NO_COLOR: "1" },
        ...(columns === undefined ? {} : { isTTY: true, columns }),
      });
      world.secrets.hide([token]);
      const { io, flush } = isFiltered ? safeOutput(world) : { io: world, flush: () => {} };
      const print = await printerOf(io, name, kind);
      print(result);
      flush();
      return world.stdoutText();
    }),
  );
}

/** What makes a text one of the format. @throws where it is none */
const checks: Readonly<Record<FormatName, (text: string) => unknown>> = {
  table: () => true,
  text: () => true,
  json: JSON.parse,
  ndjson: (text) =>
    text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line)),
  // RFC 4180: as many fields in each line as in the first.
  csv: (text) => {
    const { data, errors } = Papa.parse<string[]>(text.trimEnd(), { newline: "\r\n" });
    expect(errors.filter(({ code }) => code !== "UndetectableDelimiter")).toEqual([]);
    expect(new Set(data.map(({ length }) => length)).size).toBe(1);
  },
  junit: parseXml,
  // Commands of a workflow (GitHub docs), and nothing else that a runner could take for one.
  github: (text) => {
    for (const line of text.trimEnd().split("\n")) {
      expect(line).toMatch(/^::(?:error|warning) (?:\w+=[^:,]*,?)+::[^\r]*$/);
    }
  },
  markdown: (text) => expect(text).toMatch(/^## /),
};

describe.each(everyCell)("$name of $kind", ({ name, kind }) => {
  test("is whole lines of the format, or nothing", async () => {
    for (const text of await printed(name, kind, { isFiltered: true })) {
      if (text === "") continue;
      expect(text.endsWith("\n")).toBe(true);
      expect(() => checks[name](text)).not.toThrow();
    }
  });

  test("holds no secret, and nothing that a terminal obeys", async () => {
    for (const text of await printed(name, kind, { isFiltered: true })) {
      expect(obeyedIn(text, unprintable)).toBeUndefined();
      expect(partsOfToken.test(text)).toBe(false);
    }
  });

  test("escapes what it quotes, also without the filter of the stream", async () => {
    const isForPeople = name !== "json" && name !== "ndjson" && name !== "junit";
    for (const text of await printed(name, kind, { isFiltered: false })) {
      expect(obeyedIn(text, isForPeople ? unprintable : /[^\P{Cc}\u007F-\u009F]/u)).toBeUndefined();
      expect(/^Error: forged/m.test(text)).toBe(false);
    }
  });
});

describe("on a terminal", () => {
  test.each(kindsOf("text"))("a %s holds no part of a secret either, at any width", async (kind) => {
    for (const columns of [20, 40, 60, 80, 140]) {
      for (const text of await printed("text", kind, { isFiltered: true, columns })) {
        expect(obeyedIn(text, unprintable)).toBeUndefined();
        expect(partsOfToken.test(text)).toBe(false);
        expect(text).not.toContain("\uFDD0");
      }
    }
  });
});

/** The first that is no line break. */
function obeyedIn(text: string, pattern: RegExp): string | undefined {
  return pattern.exec(text.replaceAll(/\r?\n/g, ""))?.[0];
}

describe("--output", () => {
  const kindOf: Readonly<Record<string, ResultKind>> = {
    "simulate okta": "simulation",
    "simulate entra": "simulation",
    "trigger okta": "trigger",
    "trigger entra": "trigger",
    preflight: "preflight",
    diff: "drift",
    "push-group": "repair",
    resync: "repair",
    delete: "repair",
    apply: "repair",
    undo: "repair",
    "runs ls": "runs",
    "runs show": "run",
    "runs prune": "pruned",
    why: "why",
    replay: "replay",
    check: "check",
    "users ls": "users",
    "users show": "user",
    "teams ls": "teams",
    "teams show": "team",
    "fixture validate": "review",
    "setup okta": "setup",
    "setup entra": "setup",
    "profile list": "profiles",
    "profile show": "profile",
  };

  /** Every command that prints results, with the formats that its help lists. */
  function choices(command: Command, path: string): readonly (readonly [string, readonly string[]])[] {
    const own = command.options.find(({ long }) => long === "--output")?.argChoices;
    const within = command.commands.flatMap((one) => choices(one, `${path} ${one.name()}`.trim()));
    return own === undefined ? within : [[path, own], ...within];
  }

  test("offers for each command the formats that its kind of result has", () => {
    const offered = choices(
      buildProgram(fakeIo(), () => {}),
      "",
    );
    const expected = Object.entries(kindOf).map(([command, kind]) => [command, formatsOf(kind)]);
    expect(Object.fromEntries(offered)).toEqual(Object.fromEntries(expected));
  });
});
