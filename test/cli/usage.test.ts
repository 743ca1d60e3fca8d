/** Wrong usage and invalid files: one clear message that says what to do, exit status 64, and nothing was contacted. */

import { createServer } from "node:net";
import type { AddressInfo } from "node:net";

import { describe, expect, onTestFinished, test } from "vitest";
import { startHttp } from "../support/loopback-server.ts";
import { runCommand } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";

/** How a mistake ends: nothing on standard output, and the message on standard error. */
const mistake = (message: string) => ({ status: 64, stdout: "", stderr: `${message}\n` });

describe("what the command line does not know", () => {
  const help = "(use --help to see the options)";
  test.each<readonly [rule: string, argv: readonly string[], message: string]>([
    [
      "an unknown command gets a suggestion",
      ["difff"],
      `Error: unknown command 'difff'\n(Did you mean diff?)\n${help}`,
    ],
    [
      "an unknown identity provider gets a suggestion",
      ["simulate", "oktaa"],
      "Error: unknown command 'oktaa'\n(Did you mean okta?)\n(commands: okta, entra; use --help to see the options)",
    ],
    [
      "an unknown flag gets a suggestion",
      ["diff", "--urll", "x"],
      `Error: unknown option '--urll'\n(Did you mean --url?)\n${help}`,
    ],
    ["an unknown flag before any command", ["--nope"], `Error: unknown option '--nope'\n${help}`],
    [
      "a flag without its value",
      ["push-group", "--from"],
      `Error: option '--from <source>' argument missing\n${help}`,
    ],
    [
      "a choice that is none",
      ["diff", "-o", "xml"],
      `Error: option '-o, --output <format>' argument 'xml' is invalid. Allowed choices are text, json.\n${help}`,
    ],
    [
      "a number that is none",
      ["serve", "--port", "http"],
      `Error: option '--port <number>' argument 'http' is invalid. It must be a whole number from 0 to 65535.\n${help}`,
    ],
    [
      "a number beyond its range",
      ["diff", "--timeout", "0"],
      `Error: option '--timeout <seconds>' argument '0' is invalid. It must be a whole number from 1 to 600.\n${help}`,
    ],
    [
      "one argument too many",
      ["diff", "a.yaml", "b.yaml"],
      `Error: too many arguments for 'diff'. Expected 1 argument but got 2.\n${help}`,
    ],
  ])("%s", async (_rule, argv, message) => {
    expect(await runCommand(argv)).toEqual(mistake(message));
  });

  test.each<readonly [what: string, argv: readonly string[], lists: string]>([
    ["no command at all", [], "simulate"],
    ["simulate without an identity provider", ["simulate"], "okta [options] [source]"],
  ])("%s: the commands are listed, and the last line says what is missing", async (_what, argv, lists) => {
    const { status, stdout, stderr } = await runCommand(argv);
    expect(stderr).toContain(lists);
    expect(stderr.trimEnd().split("\n").at(-1)).toBe(
      "Error: no command was given; the commands are listed above.",
    );
    expect({ status, stdout }).toEqual({ status: 64, stdout: "" });
  });

  test.each([
    ["help simulate okta", ["simulate", "okta", "--help"]],
    ["help fixture", ["fixture", "--help"]],
    ["help diff", ["diff", "--help"]],
  ])("%s says what --help says", async (asked, argv) => {
    expect(await runCommand(asked.split(" "))).toEqual(await runCommand(argv));
  });

  test("help for an unknown subcommand names the nearest one", async () => {
    const { status, stderr } = await runCommand(["help", "simulate", "oktaa"]);
    expect(stderr).toContain("(Did you mean okta?)");
    expect(status).toBe(64);
  });

  test.each([["--help"], ["help"], ["simulate", "--help"], ["help", "diff"], ["--version"]])(
    "%s %s is no mistake: on standard output, exit status 0",
    async (...argv) => {
      const { status, stdout, stderr } = await runCommand(argv.filter((word) => word !== undefined));
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      expect(stdout).not.toBe("");
    },
  );
});

describe("flags that contradict each other", () => {
  test.each<readonly [rule: string, argv: readonly string[], message: RegExp]>([
    [
      "two targets",
      ["diff", "--url", "https://h.example/", "--org", "o"],
      /^Error: --url and --org cannot be used together/,
    ],
    [
      "two tokens",
      ["diff", "--org", "o", "--token", "t", "--token-file", "f"],
      /^Error: --token and --token-file/,
    ],
    ["two directories", ["diff", "a.yaml", "--from", "b.yaml"], /^Error: The directory was given twice/],
    [
      "everybody and somebody",
      ["resync", "--all", "ada@example.com"],
      /^Error: --all and names cannot be used together/,
    ],
    [
      "everything and a Team",
      ["resync", "--all", "--team", "x"],
      /^Error: --all and names cannot be used together/,
    ],
    [
      "every account and one",
      ["delete", "--all", "ada@example.com"],
      /^Error: --all and names cannot be used together/,
    ],
    ["every group and one", ["push-group", "--all", "x"], /^Error: --all and names cannot be used together/],
    ["a step without the expected state", ["serve", "--at", "start"], /^Error: --at needs --provisioned/],
    [
      "an expected state without a directory",
      ["serve", "--provisioned"],
      /^Error: --provisioned needs a fixture/,
    ],
    ["a retry without a memory", ["simulate", "okta", "--retry"], /^Error: --retry needs --state/],
    ["a memory without a target", ["simulate", "okta", "--state", "m.json"], /^Error: --state needs --url/],
  ])("%s", async (_rule, argv, message) => {
    const { status, stdout, stderr } = await runCommand(argv);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split("\n").length).toBeLessThanOrEqual(2);
    expect({ status, stdout }).toEqual({ status: 64, stdout: "" });
  });

  test.each([
    ["simulate", "okta"],
    ["resync", "--all", "--yes"],
    ["push-group", "--all", "--yes"],
    ["delete", "--all", "--yes"],
  ])("%s %s: a token alone is no target for writing", async (...argv) => {
    const { status, stderr } = await runCommand([...argv, "--token", "abc"]);
    expect(stderr).toBe(
      "Error: Commands that write need an explicit target; a token alone is not enough.\nAdd --url, --org or --profile.\n",
    );
    expect(status).toBe(64);
  });
});

describe("the fixture", () => {
  const commands: readonly (readonly string[])[] = [
    ["diff"],
    ["simulate", "okta"],
    ["serve"],
    ["push-group", "--all", "--from"],
    ["resync", "--all", "--from"],
    ["delete", "--all", "--from"],
  ];

  test.each(commands)("is not there: %s %s %s", async (...argv) => {
    const { status, stdout, stderr } = await runCommand([
      ...argv.filter((word) => word !== undefined),
      "nope.yaml",
    ]);
    expect(stderr).toBe(
      "Error: The fixture nope.yaml cannot be read: there is no such file.\n" +
        "Check the name of the YAML file; astro-scim fixture new writes one to start from.\n",
    );
    expect({ status, stdout }).toEqual({ status: 64, stdout: "" });
  });

  test("is a folder", async () => {
    const { status, stderr } = await runCommand(["diff", "."], { cwd: await tempFolder() });
    expect(stderr).toContain("The fixture . cannot be read: it is a folder.");
    expect(status).toBe(64);
  });

  const base = "idp: okta\norganization: cknaqyipv05731evsry6cj4n0\n";
  test.each<readonly [rule: string, yaml: string, shown: readonly string[]]>([
    [
      "an unknown key is shown in its line, with the nearest known one",
      `${base}users:\n  - { email: ada@example.com, firstname: Ada }\n`,
      ["at bad.yaml:4:31", "4 |   - { email: ada@example.com, firstname: Ada }", `Did you mean "firstName"?`],
    ],
    ["broken YAML is shown in its line", `${base}users: ]\n`, ["at bad.yaml:3:8", "3 | users: ]"]],
    [
      "a member who is no user is shown in its line",
      `${base}groups:\n  - { name: g, push: true, members: [bob@example.com] }\n`,
      ["at bad.yaml:4:38", "members: [bob@example.com]"],
    ],
  ])("%s", async (_rule, yaml, shown) => {
    const cwd = await tempFolder({ "bad.yaml": yaml });
    const { status, stdout, stderr } = await runCommand(["diff", "bad.yaml"], { cwd });
    expect(stderr).toMatch(/^Error: /);
    for (const words of shown) expect(stderr).toContain(words);
    expect(stderr).not.toMatch(/^ +at .*\.ts:/m);
    expect({ status, stdout }).toEqual({ status: 64, stdout: "" });
  });

  test("a step that its timeline has not", async () => {
    const { status, stderr } = await runCommand(["diff", "--at", "Christmas"]);
    expect(stderr).toMatch(/^Error: .*Christmas/m);
    expect(status).toBe(64);
  });
});

describe("other files", () => {
  test.each<readonly [what: string, argv: readonly string[], message: RegExp]>([
    [
      "a trace that cannot be written",
      ["diff", "--trace", "no/such/trace.ndjson"],
      /^Error: The trace no\/such\/trace\.ndjson cannot be written/m,
    ],
    [
      "a token file that is not there",
      ["diff", "f.yaml", "--org", "o", "--token-file", "no.txt"],
      /^Error: The token file no\.txt can't be read/m,
    ],
    [
      "certificates that are not there",
      ["diff", "f.yaml", "--url", "http://127.0.0.1:1/", "--token", "t", "--ca", "no.pem"],
      /^Error: The certificate file no\.pem can't be read/m,
    ],
    [
      "no profile of that name",
      ["diff", "--profile", "prod"],
      /^Error: No astro-scim\.yaml was found for the profile "prod"/m,
    ],
  ])("%s", async (_what, argv, message) => {
    const cwd = await tempFolder({
      "f.yaml": "idp: okta\norganization: cknaqyipv05731evsry6cj4n0\nusers: []\n",
    });
    const { status, stdout, stderr } = await runCommand(argv, { cwd });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^ +at /m);
    expect({ status, stdout }).toEqual({ status: 64, stdout: "" });
  });
});

describe("the way to the target", () => {
  const fixture = "idp: okta\norganization: cknaqyipv05731evsry6cj4n0\nusers: []\n";
  test.each<readonly [command: string, argv: readonly string[]]>([
    ["diff", ["diff", "f.yaml"]],
    ["simulate okta", ["simulate", "okta", "f.yaml", "--allow-remote", "--yes"]],
    ["push-group", ["push-group", "--all", "--yes", "--from", "f.yaml"]],
    ["resync", ["resync", "--all", "--yes", "--from", "f.yaml"]],
    ["delete", ["delete", "--all", "--yes", "--from", "f.yaml"]],
  ])("%s: plain HTTP to another host is refused before anything is sent", async (_command, argv) => {
    const cwd = await tempFolder({ "f.yaml": fixture });
    const { status, stdout, stderr } = await runCommand(
      [...argv, "--url", "http://scim.example.com/v2", "--token", "abc"],
      { cwd },
    );
    expect(stderr).toBe(
      "Error: The token would go to scim.example.com over plain HTTP, where others can read it.\n" +
        "Use https://scim.example.com; plain HTTP is for loopback addresses only.\n",
    );
    expect({ status, stdout }).toEqual({ status: 5, stdout: "" });
  });

  test("without a directory no target is compared: the shipped fixture is for the local Astro", async () => {
    const server = await startHttp((_request, response) => response.end());
    onTestFinished(server.close);
    const { status, stderr } = await runCommand(["diff", "--url", server.url, "--token", "abc"]);
    expect(stderr).toBe(
      "Error: With a target, a directory is required.\nGive it as an argument or with --from: a fixture, okta, entra, or a file (docs/directories.md).\n",
    );
    expect(status).toBe(64);
    expect(server.connections()).toBe(0);
  });
});

describe("serve", () => {
  test("a port that is in use", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    onTestFinished(() => void other.close());
    await new Promise((resolve) => other.on("listening", resolve));
    const { port } = other.address() as AddressInfo;
    expect(await runCommand(["serve", "--port", String(port)])).toEqual(
      mistake(
        `Error: Port ${port} is in use on 127.0.0.1.\nChoose another one with --port, or use --port 0 for any free port.`,
      ),
    );
  });

  test("an address that is not this machine's", async () => {
    expect(await runCommand(["serve", "--port", "0", "--host", "192.0.2.1"])).toEqual(
      mistake(
        "Error: 192.0.2.1 is not an address of this machine.\nLeave --host out to listen on 127.0.0.1.",
      ),
    );
  });
});
