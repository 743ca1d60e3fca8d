/** A terminal at which somebody sits who answers questions. */

import { PassThrough } from "node:stream";
import { stripVTControlCharacters } from "node:util";

import { fakeIo, type FakeIo, type FakeIoOptions } from "./fake-io.ts";

export interface Answering {
  /** Words of the question that the keys answer. */
  readonly question: string;
  /** What is typed; `\r` is Enter, `\u0003` Ctrl-C. */
  readonly keys: string | ((question: string) => string);
  /** What goes on in the world while the question stands there. */
  readonly meanwhile?: () => Promise<void>;
}

/** Answers the question before a plan is applied with yes; where deletions are confirmed by typing, with what is to be typed. */
export const agreed = {
  question: "Apply",
  keys: (question: string): string => {
    const [, words] = /Type "([^"]+)"/.exec(stripVTControlCharacters(question).replaceAll(/\s+/g, " ")) ?? [];
    return `${words ?? "y"}\r`;
  },
};

/** A world whose three streams are a terminal. The keys are pressed once the question can be read, one after the other. */
export function terminal(answering: Answering | readonly Answering[], options: FakeIoOptions = {}): FakeIo {
  const io = fakeIo({ ...options, isTTY: true });
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  let left = [answering].flat();
  const press = async ({ keys, meanwhile }: Answering, question: string): Promise<void> => {
    await meanwhile?.();
    stdin.write(typeof keys === "string" ? keys : keys(question));
  };
  const write = (text: string): boolean => {
    const [next, ...others] = left;
    if (next !== undefined && text.includes(next.question)) {
      left = others;
      // The prompt listens to the keyboard only after it has drawn itself.
      setImmediate(() => void press(next, text));
    }
    return io.stderr.write(text);
  };
  return { ...io, stdin, stderr: { ...io.stderr, write } };
}
