/** `serve --with okta|entra` in this process and in real time, until the first provisioning is done. */

import { onTestFinished } from "vitest";
import { systemWorld } from "../../src/world/system-world.ts";
import { fakeIo } from "./fake-io.ts";
import { runCommand, type CommandResult } from "./run-command.ts";

export interface ServingWithProvider {
  /** Of `--json`. */
  readonly astro: { readonly url: string; readonly token: string };
  readonly provider: Readonly<Record<string, string>>;
  /** What a client needs in its environment. */
  readonly env: Readonly<Record<string, string>>;
  /** `--from okta --okta-url …`. */
  readonly source: readonly string[];
  /** Runs a command line with that environment. */
  readonly run: (...words: readonly string[]) => Promise<CommandResult>;
  /** Presses Ctrl-C; resolves to the exit status. */
  readonly stop: () => Promise<number>;
}

/** The same for one test, which stops it at its end. */
export async function serveWithProvider(
  idp: "okta" | "entra",
  ...words: readonly string[]
): Promise<ServingWithProvider> {
  const serving = await startWithProvider(idp, ...words);
  onTestFinished(async () => void (await serving.stop()));
  return serving;
}

/** Runs until it is stopped. */
export async function startWithProvider(
  idp: "okta" | "entra",
  ...words: readonly string[]
): Promise<ServingWithProvider> {
  const plain = fakeIo({ cwd: process.cwd() });
  const { clock, timers } = systemWorld();
  let said: () => void = () => {};
  const provisioned = new Promise<void>((resolve) => {
    said = resolve;
  });
  const write = (text: string): boolean => {
    if (text.includes(" has provisioned ")) said();
    return plain.stderr.write(text);
  };
  const io = { ...plain, clock, timers, stderr: { ...plain.stderr, write } };
  const ended = runCommand(["serve", "--with", idp, "--port", "0", "--json", ...words], { io });
  const stop = async (): Promise<number> => {
    io.interrupt();
    return (await ended).status;
  };
  const result = await Promise.race([provisioned, ended]);
  if (result !== undefined) throw new Error(result.stderr);
  const { provider, ...astro } = JSON.parse(io.stdoutText());
  const { env, source } = clientOf(idp, provider);
  const all = { ...env, ASTRO_SCIM_TOKEN: astro.token };
  return {
    astro,
    provider,
    env: all,
    source,
    stop,
    run: async (...line) => runCommand(line, { env: all }),
  };
}

function clientOf(
  idp: "okta" | "entra",
  {
    url = "",
    appId = "",
    token = "",
    tenantId = "",
    clientId = "",
    secret = "",
  }: Readonly<Record<string, string>>,
): Pick<ServingWithProvider, "env" | "source"> {
  if (idp === "okta") {
    return {
      env: { OKTA_CLIENT_TOKEN: token },
      source: ["--from", "okta", "--okta-url", url, "--okta-app", appId],
    };
  }
  return {
    env: { AZURE_CLIENT_ID: clientId, AZURE_CLIENT_SECRET: secret },
    source: ["--from", "entra", "--entra-cloud", url, "--entra-tenant", tenantId, "--entra-app", appId],
  };
}
