/** A terminal at which somebody sits who answers questions. */

import { PassThrough } from "node:stream";

import { fakeIo, type FakeIo, type FakeIoOptions } from "./fake-io.ts";

export interface Answering {
  /** Words of the question that the keys answer. */
  readonly question: string;
  /** What is typed; `\r` is Enter, `\u0003` Ctrl-C. */
  readonly keys: string;
  /** What goes on in the world while the question stands there. */
  readonly meanwhile?: () => Promise<void>;
}

/** A world whose three streams are a terminal. The keys are pressed once the question can be read. */
export function terminal({ question, keys, meanwhile }: Answering, options: FakeIoOptions = {}): FakeIo {
  const io = fakeIo({ ...options, isTTY: true });
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  let isAsked = false;
  const press = async (): Promise<void> => {
    await meanwhile?.();
    stdin.write(keys);
  };
  const write = (text: string): boolean => {
    // The prompt listens to the keyboard only after it has drawn itself.
    if (!isAsked && text.includes(question)) setImmediate(() => void press());
    isAsked ||= text.includes(question);
    return io.stderr.write(text);
  };
  return { ...io, stdin, stderr: { ...io.stderr, write } };
}
