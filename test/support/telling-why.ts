/** Asks `astro-scim why` about a company with a live provider, in this process and by the real clock. */

import { systemWorld } from "../../src/world/system-world.ts";
import type { AstroServer } from "../../src/server/start.ts";
import { fakeIo } from "./fake-io.ts";
import { runCommand, type CommandResult } from "./run-command.ts";

export interface ToldStory extends CommandResult {
  // Tests read what they expect to be there; what is not there fails the test.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly story: any;
  /** Ids of the causes that are named. */
  readonly causes: readonly string[];
}

export interface Asked {
  /** `--from okta --okta-url …`. */
  readonly source: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly astro: Pick<AstroServer, "url" | "token">;
}

/** As JSON. */
export async function tellWhy(words: readonly string[], asked: Asked): Promise<ToldStory> {
  const told = await tellWhyInText([...words, "--json"], asked);
  if (told.stdout === "") throw new Error(told.stderr);
  const story = JSON.parse(told.stdout);
  return { ...told, story, causes: (story.causes ?? []).map(({ id }: { id: string }) => id) };
}

export async function tellWhyInText(
  words: readonly string[],
  { source, env, astro }: Asked,
): Promise<CommandResult> {
  const { clock, timers } = systemWorld();
  const io = { ...fakeIo({ env: { ...env, ASTRO_SCIM_TOKEN: astro.token } }), clock, timers };
  return runCommand(["why", ...words, ...source, "--url", astro.url], { io });
}
