/** A terminal at which somebody watches `serve`: what is on its screen, and keys to press. */

import { EventEmitter } from "node:events";
import { PassThrough } from "node:stream";
import { fakeIo, type FakeIo, type FakeIoOptions } from "./fake-io.ts";

export interface LiveTerminal extends FakeIo {
  /** Types them; the arrow up is `\u001b[A`, Ctrl-C `\u0003`. */
  press(keys: string): void;
  /** The lines on the screen, without colours. */
  screen(): readonly string[];
  /** Resolves once one of the screens has had this on it. */
  shows(text: string | RegExp): Promise<void>;
  /** Whether keys come one by one, the alternate screen is on, the cursor is hidden, and lines are not wrapped. */
  modes(): Readonly<Record<"raw" | "alternate" | "cursorHidden" | "noWrap", boolean>>;
  /** No key comes any more. */
  closeKeyboard(): void;
}

const switches = new RegExp(String.raw`\u001B\[(?:(\d+);1H\u001B\[2K|\?(1049|25|7)([hl]))`, "g");
const lines = new RegExp(String.raw`\u001B\[(\d+);1H\u001B\[2K([^\u001B]*)`, "g");

/** 80 columns and 24 rows by default; the environment is that of a terminal. */
export function liveTerminal(options: FakeIoOptions = {}): LiveTerminal {
  const io = fakeIo({
    env: { TERM: "xterm-256color", NO_COLOR: "1" },
    columns: 80,
    rows: 24,
    ...options,
    isTTY: true,
  });
  let raw = false;
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (mode: boolean) => {
      raw = mode;
    },
  });
  const drawn = new EventEmitter();
  drawn.setMaxListeners(0);
  const modes = { alternate: false, cursorHidden: false, noWrap: false };
  let rows: string[] = [];
  const obey = (text: string): void => {
    for (const [, row, mode, on] of text.matchAll(switches)) {
      if (mode === "1049") modes.alternate = on === "h";
      if (mode === "25") modes.cursorHidden = on === "l";
      if (mode === "7") modes.noWrap = on === "l";
      if (mode === "1049") rows = [];
      if (row !== undefined) rows[Number(row) - 1] = "";
    }
    for (const [, row, line = ""] of text.matchAll(lines)) {
      rows[Number(row) - 1] = line;
    }
    drawn.emit("drawn");
  };
  const draw = (text: string): boolean => {
    io.stdout.draw(text);
    obey(text);
    return true;
  };
  const write = (text: string): boolean => {
    io.stdout.write(text);
    drawn.emit("drawn");
    return true;
  };
  const stdout = {
    ...io.stdout,
    draw,
    write,
    get columns() {
      return io.stdout.columns;
    },
    get rows() {
      return io.stdout.rows;
    },
  };
  const screen = (): readonly string[] =>
    Array.from(rows.slice(0, io.stdout.rows), (line) => (line ?? "").trimEnd());
  const isShown = (text: string | RegExp): boolean => {
    const all = modes.alternate ? screen().join("\n") : io.stdoutText();
    return typeof text === "string" ? all.includes(text) : text.test(all);
  };
  return {
    ...io,
    stdin,
    stdout,
    press: (keys) => void stdin.write(keys),
    screen,
    shows: async (text) => {
      while (!isShown(text)) await new Promise<void>((resolve) => drawn.once("drawn", resolve));
    },
    modes: () => ({ raw, ...modes }),
    closeKeyboard: () => void stdin.end(),
  };
}
