/** The terminal as a screen: what is written to it, and that it is given back. */

import { expect, test } from "vitest";
import { FrameRate } from "../../../src/cli/live/terminal/frame-rate.ts";
import { Screen } from "../../../src/cli/live/terminal/screen.ts";
import { liveTerminal } from "../../support/live-terminal.ts";

const open = { alternate: true, cursorHidden: true, noWrap: true, raw: false };
const closed = { alternate: false, cursorHidden: false, noWrap: false, raw: false };

test("it is entered and left; twice is once", () => {
  const io = liveTerminal();
  const screen = new Screen(io);
  screen.open();
  screen.open();
  expect(io.modes()).toEqual(open);
  screen.close();
  const written = io.stdoutText();
  expect(io.modes()).toEqual(closed);
  screen.close();
  io.exit();
  expect(io.stdoutText()).toBe(written);
});

test("it is left when the process ends by an error that nothing caught", () => {
  const io = liveTerminal();
  new Screen(io).open();
  io.exit();
  expect(io.modes()).toEqual(closed);
});

test("only lines that changed are written, until what is there is no longer known", () => {
  const io = liveTerminal();
  const screen = new Screen(io);
  screen.open();
  const written = (draw: () => void): readonly string[] => {
    const before = io.stdoutText().length;
    draw();
    return [
      ...io
        .stdoutText()
        .slice(before)
        .matchAll(/(\d+);1H/g),
    ].map(([, row = ""]) => row);
  };
  expect(written(() => screen.draw(["a", "b", "c"]))).toEqual(["1", "2", "3"]);
  expect(written(() => screen.draw(["a", "B", "c"]))).toEqual(["2"]);
  expect(written(() => screen.draw(["a", "B", "c"]))).toEqual([]);
  screen.clear();
  expect(written(() => screen.draw(["a", "B", "c"]))).toEqual(["1", "2", "3"]);
  expect(io.screen()).toEqual(["a", "B", "c"]);
  screen.close();
  expect(written(() => screen.draw(["x"]))).toEqual([]);
});

test("of many wishes to draw there is one frame, and the next one 66 ms later", () => {
  let nowMs = 1000;
  let drawn = 0;
  const timeouts: { readonly ms: number; readonly run: () => void }[] = [];
  const frames = new FrameRate(
    {
      clock: { now: () => new Date(nowMs), monotonicMs: () => nowMs },
      timers: {
        wait: async () => {},
        yieldToOthers: async () => {},
        startTimeout: (ms, run) => {
          timeouts.push({ ms, run });
          return () => {};
        },
      },
    },
    () => {
      drawn += 1;
    },
  );
  for (let wish = 0; wish < 1000; wish += 1) frames.request();
  expect(timeouts.map(({ ms }) => ms)).toEqual([0]);
  timeouts[0]?.run();
  expect(drawn).toBe(1);
  nowMs += 10;
  for (let wish = 0; wish < 1000; wish += 1) frames.request();
  expect(timeouts.map(({ ms }) => ms)).toEqual([0, 56]);
});
