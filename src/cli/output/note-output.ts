/** Whether a command has written its result. */

import type { Io } from "../../world/io.ts";

/** A world that knows whether anything was written to standard output: a result stands there alone. */
export interface NotedOutput {
  readonly io: Io;
  readonly isWritten: () => boolean;
}

export function noteOutput(io: Io): NotedOutput {
  let isWritten = false;
  const stdout = {
    write: (text: string) => {
      isWritten = true;
      return io.stdout.write(text);
    },
    draw: (text: string) => {
      isWritten = true;
      return io.stdout.draw(text);
    },
    get isTTY() {
      return io.stdout.isTTY;
    },
    get columns() {
      return io.stdout.columns;
    },
    get rows() {
      return io.stdout.rows;
    },
  };
  return { io: { ...io, stdout }, isWritten: () => isWritten };
}
