/** What is said, and with which status a process ends, where its output cannot be written. */

import { EventEmitter } from "node:events";
import { describe, expect, test } from "vitest";
import { watchOutputs } from "../../src/world/lost-output.ts";

class Stream extends EventEmitter {
  readonly written: string[] = [];
  readonly isTTY: boolean;

  constructor(isTTY: boolean) {
    super();
    this.isTTY = isTTY;
  }

  write(text: string): boolean {
    this.written.push(text);
    return true;
  }

  fail(code: string): void {
    this.emit("error", Object.assign(new Error("as Node says it"), { code }));
  }
}

function watched(exitCode: number | undefined, isTTY = false) {
  const process = Object.assign(new EventEmitter(), {
    stdout: new Stream(isTTY),
    stderr: new Stream(isTTY),
    exitCode,
  });
  const closed = { times: 0 };
  watchOutputs(process, () => {
    closed.times += 1;
  });
  return { process, closed };
}

describe("standard output", () => {
  test.each([
    ["ENOSPC", "the disk is full"],
    ["EDQUOT", "your disk quota is used up"],
    ["EFBIG", "the file would be too large"],
    ["EBADF", "it is closed"],
    ["EWHATEVER", "the system reports EWHATEVER"],
  ])("%s: one sentence, however often it fails; the work stops, exit status 1", (code, why) => {
    const { process, closed } = watched(0);
    process.stdout.fail(code);
    process.stdout.fail(code);
    process.emit("exit");
    expect(process.stderr.written).toEqual([`Error: Standard output cannot be written: ${why}.\n`]);
    expect(closed.times).toBe(2);
    expect(process.exitCode).toBe(1);
  });

  test.each<readonly [code: string, isTTY: boolean]>([
    ["EPIPE", false],
    ["EOF", false],
    ["EIO", true],
    ["ENXIO", true],
  ])("%s (terminal: %s): the reader has gone, which nobody needs to be told", (code, isTTY) => {
    const { process, closed } = watched(130, isTTY);
    process.stdout.fail(code);
    process.emit("exit");
    expect(process.stderr.written).toEqual([]);
    expect(closed.times).toBe(1);
    expect(process.exitCode).toBe(130);
  });

  test.each([
    [undefined, 1],
    [0, 1],
    [2, 1],
    [130, 1],
    [3, 3],
    [4, 4],
    [5, 5],
    [64, 64],
  ])("a status of %j becomes %i", (before, after) => {
    const { process } = watched(before);
    process.stdout.fail("ENOSPC");
    process.emit("exit");
    expect(process.exitCode).toBe(after);
  });
});

test("standard error: there is nowhere to say it, and the result counts", () => {
  const { process, closed } = watched(0);
  process.stderr.fail("ENOSPC");
  process.emit("exit");
  expect({ closed: closed.times, written: process.stdout.written, status: process.exitCode }).toEqual({
    closed: 0,
    written: [],
    status: 0,
  });
});
