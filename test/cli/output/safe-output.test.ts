/** The last filter of both streams, on its own: what leaves it whatever is written, and in whatever pieces. */

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { safeOutput } from "../../../src/cli/output/safe-output.ts";
import { fakeIo, type FakeIoOptions } from "../../support/fake-io.ts";
import { mixedSpelling } from "../../support/spellings.ts";

const secret = "Ab/c+d=efg.h_i-j%k&m";

function writing(pieces: readonly string[], options: FakeIoOptions = {}, secrets = [secret]) {
  const world = fakeIo(options);
  world.secrets.hide(secrets);
  const { io, flush } = safeOutput(world);
  for (const piece of pieces) io.stderr.write(piece);
  const before = world.stderrText();
  flush();
  return { before, after: world.stderrText() };
}

describe("secrets", () => {
  test("cut into pieces anywhere, in any spelling", () => {
    const cuts = fc.array(fc.nat(200), { maxLength: 6 });
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat(1000)), cuts, fc.string(), (choices, at, around) => {
        const text = `${around}<${mixedSpelling(secret, choices)}>${around}`;
        const places = [0, ...at.map((place) => place % text.length).toSorted((a, b) => a - b), text.length];
        const pieces = places.slice(1).map((end, index) => text.slice(places[index], end));
        expect(writing(pieces).after).toContain("<[redacted]>");
      }),
    );
  });

  test("nothing is lost or doubled where it only began like one", () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[Ab/c+%&\\a-z]{0,6}$/), { maxLength: 8 }), (pieces) => {
        expect(writing(pieces).after).toBe(pieces.join(""));
      }),
    );
  });

  test("what a line ends with is not waited for, nor the colour or the cursor behind a question", () => {
    for (const end of ["A\n", "A \u001B[15G", "A\u001B[39m"]) {
      expect(writing([end], { isTTY: true }).before).toBe(end);
    }
  });

  test("what is held back is written before the process ends at once", () => {
    const world = fakeIo();
    world.secrets.hide([secret]);
    const { io } = safeOutput(world);
    io.stdout.write("Ab/");
    expect(world.stdoutText()).toBe("");
    io.exitNow(130);
    expect(world.stdoutText()).toBe("Ab/");
    expect(world.exitedWith()).toBe(130);
  });

  test("one that becomes known between two writes", () => {
    const world = fakeIo();
    const { io } = safeOutput(world);
    io.stdout.write(`${secret}\n`);
    io.secrets.hide([secret]);
    io.stdout.write(`${secret}\n`);
    expect(world.stdoutText()).toBe(`${secret}\n[redacted]\n`);
  });

  test("one that may be seen once is hidden again afterwards", () => {
    const world = fakeIo();
    world.secrets.hide([secret, "another-one"]);
    const { io } = safeOutput(world);
    io.secrets.showing(secret, () => void io.stdout.write(`${secret} another-one\n`));
    io.stdout.write(`${secret}\n`);
    expect(world.stdoutText()).toBe(`${secret} [redacted]\n[redacted]\n`);
  });
});

describe("what a terminal obeys", () => {
  const own = "\u001B[1mbold\u001B[22m\u001B[90mgrey\u001B[39m";
  const ofTheCursor = "\u001B[2K\u001B[G\u001B[1A\u001B[12G\u001B[?25l\u001B[?25h";

  test("our colours and cursor movements pass on a terminal", () => {
    expect(writing([`${own}${ofTheCursor}\n`], { isTTY: true }).after).toBe(`${own}${ofTheCursor}\n`);
  });

  test("colours alone where they are asked for in a file", () => {
    const { after } = writing([`${own}${ofTheCursor}\n`], { env: { CLICOLOR_FORCE: "1" } });
    expect(after).toContain(own);
    expect(after.replaceAll(own, "")).not.toContain("\u001B");
  });

  test("neither in a file or a pipe", () => {
    expect(writing(["\u001B[1mbold\n"]).after).toBe("\\u001b[1mbold\n");
  });

  test.each([
    ["the screen cleared", "\u001B[2J"],
    ["the cursor at home", "\u001B[H"],
    ["a title", "\u001B]0;owned\u0007"],
    ["a link", "\u001B]8;;http://x\u001B\\"],
    ["hidden text", "\u001B[8m"],
    ["blinking text", "\u001B[5m"],
    ["several at once", "\u001B[31;8m"],
    ["a reset", "\u001Bc"],
    ["CSI as one character", "\u009B31m"],
    ["a carriage return", "\rError"],
    ["a backspace", "a\b\b"],
    ["a tab", "a\tb"],
    ["the end of the screen", "\u001B[J"],
    ["an override of direction", "a\u202Eb\u2066c\u061Cd"],
    ["a line separator", "a\u2028b"],
  ])("%s never passes", (_what, text) => {
    for (const options of [{}, { isTTY: true }, { env: { CLICOLOR_FORCE: "1" } }]) {
      expect(writing([`${text}\n`], options).after.slice(0, -1)).not.toMatch(
        /[\p{Cc}\u061C\u2028\u2029\u202A-\u202E\u2066-\u2069]/u,
      );
    }
  });

  test("what JSON leaves as it is is escaped in it, and means the same", () => {
    const value = { name: "\u007F\u009B31m\u202E\u2028\u061C\u001B[2J" };
    const { after } = writing([`${JSON.stringify(value)}\n`]);
    expect(after.slice(0, -1)).not.toMatch(/[\p{Cc}\u061C\u2028\u202E]/u);
    expect(JSON.parse(after)).toEqual(value);
  });

  test("names in any script and emoji are left alone", () => {
    const names = "Zoë 山田 ‎محمد می‌خواهم 👩‍💻".replaceAll("\u200E", "");
    expect(writing([`${names}\n`]).after).toBe(`${names}\n`);
  });
});

describe("what fills the screen", () => {
  const frame = "\u001B[?1049h\u001B[?7l\u001B[12;1H\u001B[2Ka";

  test("is drawn on a terminal; no other text may do the same", () => {
    const world = fakeIo({ isTTY: true });
    const { io } = safeOutput(world);
    io.stdout.draw(frame);
    expect(world.stdoutText()).toBe(frame);
    io.stdout.write(`${frame}\n`);
    expect(world.stdoutText().slice(frame.length)).toBe(
      String.raw`\u001b[?1049h\u001b[?7l\u001b[12;1H` + "\u001B[2Ka\n",
    );
  });

  test("shows no secret, and obeys nobody else", () => {
    const world = fakeIo({ isTTY: true });
    world.secrets.hide([secret]);
    safeOutput(world).io.stdout.draw(`\u001B[1;1H${secret} \u001B]0;title\u0007 \u001B[5;9H`);
    expect(world.stdoutText()).toBe("\u001B[1;1H[redacted] " + String.raw`\u001b]0;title\u0007 \u001b[5;9H`);
  });
});
