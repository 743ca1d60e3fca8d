/** What an error advises: options that the command has. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { describe, expect, test } from "vitest";
import { buildProgram } from "../../src/cli/program.ts";
import { fakeIo } from "../support/fake-io.ts";
import { unusedPort } from "../support/loopback-server.ts";
import { runCommand } from "../support/run-command.ts";
import { startServingIn } from "../support/serving.ts";
import { tempFolder } from "../support/temp-folder.ts";

const own = "idp: okta\nusers: [{ email: ada@example.com }]\n";
const files = {
  "own.yaml": own,
  "wrong.yaml": `${own}usrs: []\n`,
  "deletes.yaml": `${own}timeline: [{ name: gone, do: [{ delete-account: ada@example.com }] }]\n`,
  "t.ndjson": "",
  "other.ndjson": "{}\n",
  "token.txt": "abc",
  "empty.txt": "",
  "astro-scim.yaml": `profiles:
  ro: { url: "https://scim.example.com/v2", readOnly: true, tokenEnv: T }
  here: { url: "http://127.0.0.1:1/scim/v2/o", readOnly: true, tokenEnv: T }
  foreign: { url: "https://scim.example.com/v2", tokenEnv: T }
`,
};

/** Each command as it runs with a fixture of ours, and what it takes where it writes. */
const commands = [
  "simulate okta own.yaml",
  "simulate entra own.yaml",
  "simulate okta",
  "trigger okta joiner",
  "trigger entra leaver",
  "diff own.yaml",
  "diff",
  "push-group --all --from own.yaml",
  "push-group --all",
  "resync --all --from own.yaml",
  "resync ada@example.com --from own.yaml --dry-run",
  "delete --all --from own.yaml",
  "replay t.ndjson",
  "replay other.ndjson",
  "serve own.yaml --port SERVED",
  "exec own.yaml -- true",
  "fixture new own.yaml --idp okta",
  "fixture new",
  "fixture new --idp okta --integration gallery",
  "fixture validate wrong.yaml",
  "fixture generate --idp okta --out own.yaml",
  "fixture generate --idp okta --users 9000",
  "fixture generate --idp okta --users 9000 --steps 260 --churn 100",
];

/** What may go wrong; those that a command does not have are refused as unknown, which names nothing. */
const situations = [
  "",
  "--url https://scim.example.com/v2",
  "--url https://scim.example.com/v2 --token abc",
  "--url https://scim.example.com/v2 --token abc --allow-remote",
  "--url https://user:secret@scim.example.com/v2 --token abc",
  "--url http://scim.example.com/v2 --token abc",
  "--url https://api.astronomer.io/scim/v2 --token abc",
  "--url https://api.astronomer.io/scim/v2/o?aadoptscim --token abc",
  "--url http://127.0.0.1:PORT/scim/v2/o --token abc",
  "--url http://127.0.0.1:PORT/scim/v2/o --token abc --token-file token.txt",
  "--url http://127.0.0.1:PORT/scim/v2/o --token-file empty.txt",
  "--url http://127.0.0.1:PORT/scim/v2/o --token-file missing.txt",
  "--url http://127.0.0.1:PORT/scim/v2/o --org o --token abc",
  "--url http://127.0.0.1:SERVED --token WRONG",
  "--url http://127.0.0.1:SERVED/nothing --token WRONG",
  "--profile nobody",
  "--profile ro",
  "--profile here",
  "--profile foreign",
  "--profile foreign --allow-remote",
  "--domain example.com",
  "--token abc",
  "--from missing.yaml",
  "--from own.yaml --url http://127.0.0.1:PORT/scim/v2/o --token abc",
  "--at nowhere",
  "--state missing.json",
  "--state token.txt --url http://127.0.0.1:PORT/scim/v2/o --token abc",
  "--state s.json --cleanup --url http://127.0.0.1:PORT/scim/v2/o --token abc",
  "--retry",
  "--trace own.yaml",
  "--trace nowhere/t.har",
  "--quiet --bodies",
  "--step nowhere",
  "--fidelity nothing=1",
  "--ca token.txt --url http://127.0.0.1:PORT/scim/v2/o --token abc",
  "--base nothing",
  "--behaviour nothing=1",
  "--fault nothing=1",
  "--provisioned --at nowhere",
  "--user nobody --set email=x",
  "--organization $",
];

/** Whether it would be sent to another machine: what only reads is not refused. */
function wouldGoOut(line: string, situation: string): boolean {
  const onlyReads = /^(?:diff|push-group|resync|delete)/.test(line);
  return onlyReads && /\/\/scim\.example\.com\S* --token|--profile ro/.test(situation);
}

const programOf = (): Command => buildProgram(fakeIo(), () => {});

function optionsOf(line: string): ReadonlySet<string> {
  let command = programOf();
  for (const word of line.split(" ")) {
    const below = command.commands.find((one) => one.name() === word);
    if (below === undefined) break;
    command = below;
  }
  return new Set(command.options.flatMap(({ long }) => long ?? []));
}

const flags = /(?<![\w-])--[a-z][a-z-]*/g;

/** A hint that names a command to run speaks of that one's options. */
function namedIn(hint: string): readonly string[] {
  return hint.replaceAll(/astro-scim [a-z].*/g, "").match(flags) ?? [];
}

describe.each(commands)("%s", (line) => {
  test("has every option that its hints name", async () => {
    const folder = await tempFolder(files);
    const server = await startServingIn({ cwd: folder }, ["--port", "0"]);
    const served = server.url.replace("http://127.0.0.1:", "");
    const port = String(await unusedPort());
    const options = optionsOf(line);
    for (const situation of situations) {
      if (wouldGoOut(line, situation)) continue;
      const [before = "", after] = line.replace("SERVED", new URL(server.url).port).split(" -- ");
      const more = situation.replace("PORT", port).replace("SERVED", served);
      const words = [...`${before} ${more}`.trim().split(" "), ...(after === undefined ? [] : ["--", after])];
      const { stderr } = await runCommand(words, { cwd: folder, env: { T: "token" } });
      const hint = stderr
        .split("\n")
        .filter((text) => !text.startsWith("Error: "))
        .join("\n");
      const foreign = namedIn(hint).filter((flag) => !options.has(flag) && flag !== "--help");
      expect({ words, foreign, hint: foreign.length === 0 ? "" : stderr }).toEqual({
        words,
        foreign: [],
        hint: "",
      });
    }
  });
});

test("every option that a hint in the source names is one of some command", () => {
  // --tenant is of `az login`.
  const all = new Set(["--help", "--tenant"]);
  const collect = (command: Command): void => {
    for (const { long } of command.options) if (long !== undefined && long !== null) all.add(long);
    command.commands.forEach(collect);
  };
  collect(programOf());
  const source = fileURLToPath(new URL("../../src/", import.meta.url));
  const hints = readdirSync(source, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .flatMap(
      (name) => readFileSync(join(source, name), "utf8").match(/hint[^"`\n]{0,40}(?:"[^"]*"|`[^`]*`)/g) ?? [],
    );
  expect(hints.length).toBeGreaterThan(50);
  expect(hints.flatMap((hint) => hint.match(flags) ?? []).filter((flag) => !all.has(flag))).toEqual([]);
});
