/** Where a drill takes place: a SCIM server that a company was provisioned to, and the commands that compare and repair it. */

import { join } from "node:path";
import { onTestFinished } from "vitest";
import { iamClient, type IamClient } from "../support/iam-client.ts";
import { runCommand, type CommandResult } from "../support/run-command.ts";
import { startWithProvider } from "../support/serving-with-provider.ts";
import { startScimmy } from "../support/start-scimmy.ts";
import { tempFolder } from "../support/temp-folder.ts";

export interface Size {
  readonly users: number;
  readonly groups: number;
  /** Of the company and of what is damaged. */
  readonly seed: number;
}

export interface Place {
  readonly server: { readonly url: string; readonly token: string };
  /** Undefined where the server has no roles. */
  readonly iam: IamClient | undefined;
  /** Words that name the directory. */
  readonly source: readonly string[];
  /** Words that say which way a repair goes. */
  readonly way: readonly string[];
  /** Repairs go through the provider: it is linked to all that they make, and undo cannot put all of it back. */
  readonly isThroughProvider: boolean;
  /** The directory tells which accounts and Teams it is linked to. */
  readonly knowsLinks: boolean;
  /** Runs a command with the target and a journal of its own; without the directory. */
  run(...words: readonly string[]): Promise<CommandResult>;
}

/** A generated company as a file, without a timeline. */
async function generated({ users, groups, seed }: Size): Promise<string> {
  const file = join(await tempFolder(), "company.yaml");
  const size = ["--users", String(users), "--groups", String(groups), "--seed", String(seed)];
  await done(runCommand(["fixture", "generate", "--idp", "okta", ...size, "--steps", "0", "--out", file]));
  return file;
}

/** People get the app through the group: to assign one again, Okta's group is changed. */
const ways = {
  okta: ["--via", "okta", "--change-group", "astro-users"],
  scim: ["--via", "scim", "--without-link"],
} as const;

/** An emulated Okta that has provisioned its company to the local Astro; repairs go over SCIM, or through Okta. */
export async function emulatedOkta(size: Size, via: "scim" | "okta"): Promise<Place> {
  const serving = await startWithProvider("okta", await generated(size));
  onTestFinished(async () => void (await serving.stop()));
  const folder = await tempFolder();
  const astro = serving.astro as Parameters<typeof iamClient>[0] & { readonly url: string };
  return {
    server: astro,
    iam: iamClient(astro),
    source: serving.source,
    way: ways[via],
    isThroughProvider: via === "okta",
    knowsLinks: true,
    run: commandsAt({ target: ["--url", astro.url], folder, env: serving.env }),
  };
}

/** SCIMMY, provisioned by a rehearsal of the company in the file; the file is the directory. */
export async function scimmy(size: Size): Promise<Place> {
  const file = await generated(size);
  const server = await startScimmy();
  onTestFinished(() => server.close());
  const folder = await tempFolder();
  const target = ["--url", server.url, "--token", server.token];
  await done(runCommand(["simulate", "okta", file, ...target]));
  return {
    server,
    iam: undefined,
    source: ["--from", file],
    way: [],
    isThroughProvider: false,
    knowsLinks: false,
    run: commandsAt({ target, folder }),
  };
}

/** `diff` writes nothing, and `runs` speaks with no server. */
function wordsFor([command]: readonly string[], { target, folder }: Where): readonly string[] {
  const journal = command === "diff" ? [] : ["--state-dir", folder];
  return command === "runs" ? journal : [...target, ...journal];
}

interface Where {
  readonly env?: Readonly<Record<string, string>>;
  readonly target: readonly string[];
  readonly folder: string;
}

/** Each command an hour after the last one: runs of the same second have no order. */
function commandsAt(where: Where): Place["run"] {
  let hour = 0;
  return async (...words) => {
    hour += 1;
    const now = new Date(Date.UTC(2026, 0, 15, hour));
    return runCommand([...words, ...wordsFor(words, where)], { now, env: where.env ?? {} });
  };
}

/** Ids of the runs, the newest first. */
export async function runsAt({ run }: Pick<Place, "run">): Promise<readonly string[]> {
  const { stdout } = await run("runs", "--json");
  const { runs } = JSON.parse(stdout) as { readonly runs: readonly { readonly id: string }[] };
  return runs.map(({ id }) => id);
}

async function done(running: Promise<CommandResult>): Promise<void> {
  const { status, stdout, stderr } = await running;
  if (status !== 0) throw new Error(`${stdout}\n${stderr}`);
}
