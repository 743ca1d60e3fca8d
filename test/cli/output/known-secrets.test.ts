/** Which of the arguments and of the environment is kept from the output before a command has begun. */

import { describe, expect, test } from "vitest";

import { secretsInArguments, secretsInEnvironment } from "../../../src/target/known-secrets.ts";
import { buildProgram } from "../../../src/cli/program.ts";
import { organizationToken } from "../../support/astro-token.ts";
import { fakeIo } from "../../support/fake-io.ts";

const secret = "s3cret-of-mine";
const jwt = organizationToken("cknaqyipv05731evsry6cj4n0");

describe("arguments", () => {
  test.each<readonly [argv: readonly string[]]>([
    [["--token", secret]],
    [[`--token=${secret}`]],
    [["--tokne", secret]],
    [[`--tokne=${secret}`]],
    [["--Token", secret]],
    [[`--TOKEN=${secret}`]],
    [["-token", secret]],
    [["--toke", secret]],
    [["--tokens", secret]],
    [["--ttoken", secret]],
    [["--api-token", secret]],
    [["--apikey", secret]],
    [["--password", secret]],
    [["--bearer", secret]],
    [["--auth", secret]],
    [["—token", secret]],
    [[`–token=${secret}`]],
    [[`token=${secret}`]],
    [[`ASTRO_SCIM_TOKEN=${secret}`]],
    [[`-t${secret}`]],
    [["--header", `Authorization: Bearer ${secret}`]],
    [["--token", `Bearer ${secret}`]],
    [["--token", ` ${secret}\n`]],
  ])("%j", (argv) => {
    expect(secretsInArguments(["diff", "a.yaml", ...argv, "--json"])).toContain(secret);
  });

  test("a token of Astro's form, wherever it stands", () => {
    expect(secretsInArguments(["diff", jwt])).toEqual([jwt]);
  });

  test.each<readonly [argv: readonly string[]]>([
    [["--token-file", "token.txt"]],
    [["--token-file=token.txt"]],
    [["--timeout", "600000"]],
    [["--team", "platform"]],
    [["--at", "start-of-it"]],
    [["--behaviour", "tokenRole=member"]],
    [["--token", "--json"]],
    [["token", "platform"]],
  ])("not of %j", (argv) => {
    expect(secretsInArguments(argv)).toEqual([]);
  });

  test("of our own options only the value of --token is one", () => {
    const program = buildProgram(fakeIo(), () => {});
    const options = program.commands.flatMap(({ options: own, commands }) => [
      ...own,
      ...commands.flatMap((command) => command.options),
    ]);
    const names = new Set(options.map(({ long }) => long ?? ""));
    expect(names.size).toBeGreaterThan(20);
    const secretOnes = [...names].filter((name) => secretsInArguments([name, secret]).length > 0);
    expect(secretOnes).toEqual(["--token"]);
  });
});

describe("environment", () => {
  test.each<readonly [name: string, value: string]>([
    ["ASTRO_SCIM_TOKEN", secret],
    ["ASTRO_API_TOKEN", `Bearer ${secret}`],
    ["HTTPS_PROXY", `http://user:${secret}@proxy.example.com:3128`],
    ["https_proxy", `http://user:${secret}@proxy.example.com:3128`],
    ["HTTP_PROXY", `user:${secret}@proxy.example.com`],
    ["all_proxy", `http://:${secret}@[::1]:3128/`],
  ])("%s=%s", (name, value) => {
    expect(secretsInEnvironment({ [name]: value })).toContain(secret);
  });

  test("an address without a password holds none", () => {
    expect(secretsInEnvironment({ HTTPS_PROXY: "http://proxy.example.com:3128", PATH: "/bin" })).toEqual([]);
  });
});
