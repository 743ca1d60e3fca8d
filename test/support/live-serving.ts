/** `astro-scim serve` at a terminal, running until the test stops it. */

import { onTestFinished } from "vitest";
import type { FakeIoOptions } from "./fake-io.ts";
import { liveTerminal, type LiveTerminal } from "./live-terminal.ts";
import { runCommand } from "./run-command.ts";
import { scimClient, type ScimClient } from "./scim-client.ts";

export interface LiveServing {
  readonly terminal: LiveTerminal;
  readonly client: ScimClient;
  readonly url: string;
  readonly token: string;
  /** Of the command. */
  readonly status: Promise<number>;
}

/** Waits until the list is on the screen. */
export async function startLiveServing(
  words: readonly string[] = [],
  options: FakeIoOptions = {},
): Promise<LiveServing> {
  const terminal = liveTerminal(options);
  const token = "token-of-this-test";
  const argv = ["serve", "--port", "0", "--org", "o", "--token", token, ...words];
  const status = runCommand(argv, { io: terminal }).then((result) => result.status);
  onTestFinished(async () => {
    terminal.interrupt();
    await status;
  });
  await terminal.shows("Waiting for requests");
  const url = /SCIM URL +(\S+)/.exec(terminal.stdoutText())?.[1] ?? "";
  return { terminal, client: scimClient({ url, token }), url, token, status };
}
