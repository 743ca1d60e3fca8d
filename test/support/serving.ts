/** `astro-scim serve`, running until the test stops it. */

import { onTestFinished } from "vitest";
import { fakeIo, type FakeIo, type FakeIoOptions } from "./fake-io.ts";
import { runCommand } from "./run-command.ts";

export interface Serving {
  readonly io: FakeIo;
  /** As printed. */
  readonly url: string;
  readonly token: string;
  /** Presses Ctrl-C; resolves to the exit status. */
  stop(): Promise<number>;
}

/** Starts the command with these words behind it, and waits until it has said where it listens. */
export async function startServing(...words: readonly string[]): Promise<Serving> {
  return startServingIn({}, words);
}

/** The same in a world of the test's choice. */
export async function startServingIn(options: FakeIoOptions, words: readonly string[]): Promise<Serving> {
  const plain = fakeIo(options);
  let announce: () => void;
  const announced = new Promise<void>((resolve) => {
    announce = resolve;
  });
  const write = (text: string): boolean => {
    announce();
    return plain.stdout.write(text);
  };
  const io = { ...plain, stdout: { ...plain.stdout, write } };
  const ended = runCommand(["serve", ...words], { io });
  const stop = async (): Promise<number> => {
    io.interrupt();
    return (await ended).status;
  };
  await Promise.race([announced, ended]);
  onTestFinished(async () => void (await stop()));
  return { io, stop, ...printedIn(io.stdoutText()) };
}

function printedIn(text: string): Pick<Serving, "url" | "token"> {
  if (text.startsWith("{")) return JSON.parse(text);
  const printed = (label: string): string => new RegExp(`${label} +(\\S+)`).exec(text)?.[1] ?? "";
  return { url: printed("SCIM URL"), token: printed("API token") };
}
