/** An error where `--json` was asked for: one JSON value on standard output all the same (docs/json.md). */

import { describe, expect, test } from "vitest";
import * as z from "zod";
import { fakeIo } from "../../support/fake-io.ts";
import { runCommand } from "../../support/run-command.ts";
import { tempFolder } from "../../support/temp-folder.ts";
import { terminal } from "../../support/terminal.ts";
import { startWatchedAstro } from "../../support/watched-astro.ts";
import { parseXml } from "../../support/xml.ts";

const errorShape = z.strictObject({
  schemaVersion: z.literal(1),
  error: z.strictObject({
    code: z.string(),
    message: z.string().min(1),
    hint: z.string().nullable(),
    place: z.strictObject({ file: z.string(), line: z.int(), column: z.int() }).nullable(),
    exitStatus: z.int(),
  }),
});

const own = "idp: okta\nusers: [{ email: ada@example.com }]\n";
const nobody = ["--url", "http://127.0.0.1:1/scim/v2", "--token", "abc"];
const remote = ["--url", "https://scim.example.com/v2", "--token", "abc"];

describe("says what the message for people says", () => {
  test.each<readonly [words: string, more: readonly string[], code: string, status: number]>([
    ["simulate okta own.yaml", nobody, "unreachable", 3],
    ["diff own.yaml", nobody, "unreachable", 3],
    ["resync --all --from own.yaml --yes", nobody, "unreachable", 3],
    ["simulate okta own.yaml", remote, "refused", 5],
    ["simulate okta", nobody, "usage", 64],
    ["simulate okta missing.yaml", [], "invalid-file", 64],
    ["simulate okta wrong.yaml", [], "invalid-file", 64],
    ["diff wrong.yaml", [], "invalid-file", 64],
    ["push-group data --from wrong.yaml", [], "invalid-file", 64],
    ["serve wrong.yaml", [], "invalid-file", 64],
    ["simulate okta --nonsense", [], "usage", 64],
    ["push-group", ["--max-deletions", "x"], "usage", 64],
  ])("%s %j: %s", async (words, more, code, exitStatus) => {
    const cwd = await tempFolder({ "own.yaml": own, "wrong.yaml": `${own}usrs: []\n` });
    const result = await runCommand([...words.split(" "), "--json", ...more], { cwd });
    const { error } = errorShape.parse(JSON.parse(result.stdout));
    expect({ ...error, status: result.status }).toMatchObject({ code, exitStatus, status: exitStatus });
    expect(result.stderr).toContain(error.message.split("\n")[0]);
  });

  /** Nothing is read of a command line that is wrong, but the form of the answer was asked for. */
  test.each([
    "simulat",
    "simulat okta",
    "simulate oktaa",
    "simulate",
    "fixture",
    "fixture nwe",
    "trigger okta nothing",

    "help simulat",
    "diff --frm x",
    "delete --max-deletions",
    "resync --rate 0",
    "replay",
    "serve --port x",

    "fixture new --nonsense",
    "fixture generate",
    "fixture validate",
    "exec --nonsense -- true",
    "nothing at all",
    "push-group --at",
    "trigger entra",
    "--nonsense",
    "",
  ])("where the command line is wrong: %s", async (line) => {
    const words = line.split(" ").filter((word) => word !== "");
    const spellings = [["--json"], ["-o", "json"], ["-ojson"], ["--output", "json"], ["--output=json"]];
    for (const spelling of spellings) {
      const dashes = words.indexOf("--");
      const argv = dashes === -1 ? [...words, ...spelling] : words.toSpliced(dashes, 0, ...spelling);
      const { status, stdout, stderr } = await runCommand(argv);
      const { error } = errorShape.parse(JSON.parse(stdout));
      expect({ argv, status, ...error }).toMatchObject({ status: 64, code: "usage", exitStatus: 64 });
      expect(stderr).not.toBe("");
    }
  });

  test("nothing where another form was asked for, or it is the command's own option", async () => {
    for (const argv of [
      ["simulat"],
      ["simulat", "-o", "jsn"],
      ["exec", "nothing.yaml", "--", "x", "--json"],
    ]) {
      expect((await runCommand(argv)).stdout).toBe("");
    }
  });

  test("with the place of a mistake in a file, and what to do", async () => {
    const cwd = await tempFolder({ "wrong.yaml": `${own}usrs: []\n` });
    const { stdout } = await runCommand(["simulate", "okta", "wrong.yaml", "--json"], { cwd });
    expect(errorShape.parse(JSON.parse(stdout)).error).toEqual({
      code: "invalid-file",
      message: 'Unknown key "usrs".',
      hint: 'Did you mean "users"?',
      place: { file: "wrong.yaml", line: 3, column: 1 },
      exitStatus: 64,
    });
  });

  test("of credentials that are refused, without the token", async () => {
    const astro = await startWatchedAstro({ fixture: own, before: () => 401 });
    const cwd = await tempFolder({ "own.yaml": own });
    const words = ["simulate", "okta", "own.yaml", "--json", ...astro.target];
    const { status, stdout } = await runCommand(words, { cwd });
    expect(errorShape.parse(JSON.parse(stdout)).error).toMatchObject({ code: "unauthorized", exitStatus: 4 });
    expect(stdout).not.toContain(astro.token);
    expect(status).toBe(4);
  });

  test("of a question that was answered with no", async () => {
    const cwd = await tempFolder({ "own.yaml": own });
    const io = terminal({ question: "Provision the users of", keys: "n\r" }, { cwd });
    const words = ["simulate", "okta", "own.yaml", "--json", "--allow-remote", ...remote];
    const { status, stdout } = await runCommand(words, { io });
    expect(errorShape.parse(JSON.parse(stdout)).error).toMatchObject({ code: "declined", exitStatus: 1 });
    expect(status).toBe(1);
  });
});

describe("standard output holds one value", () => {
  test("an error after the result is for people alone", async () => {
    const astro = await startWatchedAstro({
      fixture: own,
      before: ({ method }) => (method === "DELETE" ? 403 : undefined),
    });
    const cwd = await tempFolder({ "own.yaml": own });
    const words = ["simulate", "okta", "own.yaml", "--cleanup", "--json", ...astro.target];
    const { status, stdout, stderr } = await runCommand(words, { cwd });
    expect(JSON.parse(stdout)).toMatchObject({ status: "ok", provider: "okta" });
    expect(stderr).toContain("Error: 1 could not be deleted");
    expect(status).toBe(1);
  });

  test.each([["text"], ["markdown"]])("and none where the form is %s", async (form) => {
    const words = ["simulate", "okta", "missing.yaml", "-o", form];
    expect(await runCommand(words)).toMatchObject({ status: 64, stdout: "" });
  });

  test("nor where its reader has gone", async () => {
    const io = fakeIo({ cwd: await tempFolder({ "own.yaml": own }) });
    const astro = await startWatchedAstro({
      fixture: own,
      before: () => {
        io.closeOutput();
        return undefined;
      },
    });
    const result = await runCommand(["diff", "own.yaml", "--json", ...astro.target], { io });
    expect(result).toMatchObject({ status: 130, stdout: "" });
  });
});

test("-o junit: one case, and it is an error with the code as its type", async () => {
  const { status, stdout } = await runCommand(["simulate", "okta", "missing.yaml", "-o", "junit"]);
  const xml = parseXml(stdout);
  expect(xml.attributes).toMatchObject({ tests: "1", errors: "1", failures: "0" });
  const [error] = xml.children[0]?.children[0]?.children ?? [];
  expect(error).toMatchObject({ name: "error", attributes: { type: "invalid-file" } });
  expect(error?.attributes["message"]).toContain("missing.yaml");
  expect(status).toBe(64);
});
