/** An emulated Okta that has provisioned a local Astro, and commands that read and repair through it, in real time. */

import { readFixture } from "../../src/fixture/read.ts";
import { systemWorld } from "../../src/world/system-world.ts";
import {
  oktaToken,
  startEmulatedOkta,
  type EmulatedOkta,
  type EmulatedOktaOptions,
} from "./emulated-okta.ts";
import { fakeIo } from "./fake-io.ts";
import { runCommand, type CommandResult } from "./run-command.ts";
import { scimClient, type ScimClient } from "./scim-client.ts";
import { tempFolder } from "./temp-folder.ts";

export interface OktaAndAstro extends EmulatedOkta {
  readonly client: ScimClient;
  /** Where the journal is. */
  readonly cwd: string;
  /** SCIM id of the account with that userName; undefined where there is none. */
  readonly idOf: (userName: string) => Promise<string | undefined>;
  readonly teamId: (name: string) => Promise<string | undefined>;
  /** Runs a command with Okta as the directory, and waits until Okta has nothing more to do. */
  readonly run: (...words: readonly string[]) => Promise<CommandResult>;
  /** The same, with a target of its own. */
  readonly runWith: (...words: readonly string[]) => Promise<CommandResult>;
  /** Runs a command that has Astro alone. */
  readonly runOnAstro: (...words: readonly string[]) => Promise<CommandResult>;
  /** Ctrl-C in the command that runs. */
  readonly interrupt: () => void;
}

/** @param fixture whose directory is provisioned first */
export async function startOktaAndAstro(
  fixture: string,
  options: Partial<EmulatedOktaOptions> = {},
): Promise<OktaAndAstro> {
  const { start, app } = readFixture("company.yaml", fixture);
  const emulated = await startEmulatedOkta({ directory: start, app, ...options });
  await emulated.company.settled();
  const cwd = await tempFolder({});
  const client = scimClient(emulated.astro);
  const env = { OKTA_CLIENT_TOKEN: oktaToken, ASTRO_SCIM_TOKEN: emulated.astro.token, HOME: cwd };
  const { clock, timers } = systemWorld();
  const target = ["--url", emulated.astro.url];
  const source = ["--from", "okta", "--okta-url", emulated.okta.url, "--okta-app", "Astro"];
  let interrupt = (): void => {};
  const runWith = async (words: readonly string[]): Promise<CommandResult> => {
    const fake = fakeIo({ cwd, env });
    interrupt = () => fake.interrupt();
    const io = { ...fake, clock, timers };
    const result = await runCommand(words, { io });
    await emulated.company.settled();
    return result;
  };
  return {
    ...emulated,
    client,
    cwd,
    idOf: async (userName) => {
      const found = await client.get(`/Users?filter=${encodeURIComponent(`userName eq "${userName}"`)}`);
      return found.body.Resources?.[0]?.id;
    },
    teamId: async (name) => {
      const found = await client.get(`/Groups?filter=${encodeURIComponent(`displayName eq "${name}"`)}`);
      return found.body.Resources?.[0]?.id;
    },
    interrupt: () => interrupt(),
    run: (...words) => runWith([...words, ...source, ...target]),
    runWith: (...words) => runWith([...words, ...source]),
    runOnAstro: (...words) => runWith([...words, ...target]),
  };
}
