/** What a command says where a live directory cannot be read: what, where, and what to do; and with which exit status. */

import { generateKeyPairSync } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { startHttp } from "../../support/loopback-server.ts";
import { runCommand } from "../../support/run-command.ts";
import { startServingIn } from "../../support/serving.ts";
import { serveWithProvider } from "../../support/serving-with-provider.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const okta = ["--from", "okta", "--okta-url", "https://acme.okta.com", "--okta-app", "Astro"];

describe("wrong usage: exit status 64, and nothing is contacted", () => {
  test.each<readonly [rule: string, words: readonly string[], message: string, hint: string]>([
    [
      "a live directory without a target",
      ["diff", ...okta],
      "A live directory needs a target",
      "--url, --org or --profile",
    ],
    [
      "a table without a target",
      ["diff", "people.csv"],
      "This directory needs a target",
      "astro-scim simulate",
    ],
    [
      "an option of the other provider",
      ["diff", "--entra-app", "Astro"],
      "--entra-app needs --from entra.",
      "",
    ],
    [
      "a step of a timeline that there is not",
      [
        "simulate",
        "okta",
        "--from",
        "okta",
        "--okta-url",
        "https://a.example",
        "--okta-app",
        "A",
        "--state",
        "x",
      ],
      "--state needs",
      "",
    ],
    ["no directory to export", ["fixture", "export"], "A directory is required.", "--from"],
    ["a seed for nothing", ["fixture", "export", ...okta, "--seed", "x"], "--seed needs --anonymize.", ""],
    [
      "a live directory to serve, and nothing to do with it",
      ["serve", "okta"],
      "would start empty",
      "--provisioned",
    ],
    ["a cycle of Okta", ["serve", "--with", "okta", "--cycle", "10s"], "--cycle needs --with entra", ""],
    ["a cycle that is no duration", ["serve", "--with", "entra", "--cycle", "soon"], 'not "soon"', ""],
    [
      "a company of the other provider",
      ["serve", "fixtures/okta-small.yaml", "--with", "entra"],
      "Okta",
      "--with okta",
    ],
  ])("%s", async (_rule, words, message, hint) => {
    const { status, stderr } = await runCommand(words);
    expect(stderr).toContain(message);
    expect(stderr).toContain(hint);
    expect(status).toBe(64);
  });
});

describe("a live Okta that", () => {
  const target = async () => {
    const { url, token } = await startServingIn({}, ["--port", "0"]);
    return { words: ["--url", url], env: { ASTRO_SCIM_TOKEN: token, OKTA_CLIENT_TOKEN: "00secretOfOkta" } };
  };
  const answering = async (status: number, body: unknown) =>
    startHttp((_request, response) => {
      response.writeHead(status, { "Content-Type": "application/json" });
      response.end(JSON.stringify(body));
    });

  test.each<readonly [rule: string, status: number, body: unknown, exit: number, message: string]>([
    [
      "refuses the token",
      401,
      { errorCode: "E0000011", errorSummary: "Invalid token provided" },
      4,
      "E0000011",
    ],
    [
      "lacks a right",
      403,
      { errorCode: "E0000006", errorSummary: "You do not have permission" },
      3,
      "okta.apps.read",
    ],
    ["has no such app", 200, [], 3, "Astro"],
    ["answers something else", 200, { hello: "world" }, 3, "Okta"],
  ])("%s", async (_rule, answered, body, exit, message) => {
    const server = await answering(answered, body);
    const { words, env } = await target();
    const source = ["--from", "okta", "--okta-url", server.url, "--okta-app", "Astro"];
    const { status, stderr } = await runCommand(["diff", ...source, ...words], { env });
    await server.close();
    expect(stderr).toContain(message);
    expect(stderr).not.toContain("00secretOfOkta");
    expect(status).toBe(exit);
  });
});

test("what a token endpoint repeats of an assertion or a proof is not printed", async () => {
  const { url, token } = await startServingIn({}, ["--port", "0"]);
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  let proofs = 0;
  const server = await startHttp((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const proof = request.headers["dpop"];
      if (proof !== undefined) proofs += 1;
      response.writeHead(400, { "Content-Type": "application/json" });
      const said = `${Buffer.concat(chunks).toString()} ${String(proof)}`;
      response.end(JSON.stringify({ error: "invalid_dpop_proof", error_description: `Refused: ${said}` }));
    });
  });
  const env = {
    ASTRO_SCIM_TOKEN: token,
    OKTA_API_CLIENT_ID: "0oaservice",
    OKTA_API_PRIVATE_KEY: JSON.stringify({ ...privateKey.export({ format: "jwk" }), kid: "k" }),
  };
  const source = ["--from", "okta", "--okta-url", server.url, "--okta-app", "Astro"];
  const { status, stdout, stderr } = await runCommand(
    ["diff", ...source, "--url", url, "--trace", "trace.txt"],
    { env, cwd: await tempFolder() },
  );
  await server.close();
  expect(proofs).toBeGreaterThan(0);
  expect(stderr).toContain("Refused");
  expect(stdout + stderr).not.toMatch(/eyJ/);
  expect(status).toBe(4);
});

describe("a profile", () => {
  const profile = (url: string, oktaUrl: string) => `profiles:
  here: { url: "${url}", tokenEnv: MY_TOKEN, directory: { okta: { url: ${oktaUrl}, app: Astro, tokenEnv: MY_OKTA } } }
`;

  test("of a foreign file has to be trusted before a secret goes where it says", async () => {
    const folder = await tempFolder();
    await writeFile(
      join(folder, "astro-scim.yaml"),
      profile("http://127.0.0.1:9/scim/v2/o", "https://evil.example"),
    );
    const env = { MY_TOKEN: "token-of-astro", MY_OKTA: "00secretOfOkta" };
    const { status, stderr } = await runCommand(["diff", "--profile", "here"], { cwd: folder, env });
    expect(stderr).toContain("the token from MY_OKTA goes to evil.example");
    expect(stderr).toContain("--trust-config");
    expect(status).toBe(5);
  });

  test.each([
    ["a secret in the file", "okta: { token: 00abc }", "is not allowed here"],
    ["both providers", "okta: {}, entra: {}", "either okta or entra"],
    ["an unknown key", "okta: { ap: Astro }", 'Did you mean "app"?'],
  ])("%s is a mistake, and no secret is shown", async (_rule, directory, message) => {
    const folder = await tempFolder();
    const text = `profiles:\n  here:\n    url: http://127.0.0.1:9/scim/v2/o\n    directory: { ${directory} }\n`;
    await writeFile(join(folder, "astro-scim.yaml"), text);
    const { status, stderr } = await runCommand(["diff", "--profile", "here"], { cwd: folder });
    expect(stderr).toContain(message);
    expect(stderr).not.toContain("00abc");
    expect(status).toBe(64);
  });
});

describe("serve --with and --without-permission", () => {
  test.each([
    ["okta", "okta.groups.read", "okta.groups.read"],
    ["entra", "user.read.all", "User.Read.All"],
  ] as const)("%s: what %s lacks is named in the refusal", async (idp, left, named) => {
    const company = join(await tempFolder(), "company.yaml");
    const user = idp === "okta" ? "email: ada@example.com" : "mail: ada@example.com";
    const mark = idp === "okta" ? "push: true" : "assign: true";
    await writeFile(
      company,
      `idp: ${idp}\nusers: [{ ${user} }]\ngroups: [{ name: data, ${mark}, members: [ada@example.com] }]\n`,
    );
    const { run, source, astro } = await serveWithProvider(idp, company, "--without-permission", left);
    const { status, stderr } = await run("diff", ...source, "--url", astro.url);
    expect(stderr).toContain(named);
    expect(status).toBe(3);
  });

  test.each([
    ["an unknown one", ["--with", "okta", "--without-permission", "okta.group.read"], "okta.groups.read"],
    ["no emulated provider", ["--without-permission", "User.Read.All"], "needs --with"],
  ])("%s is refused before anything starts", async (_rule, words, message) => {
    const { status, stderr } = await runCommand(["serve", ...words]);
    expect(stderr).toContain(message);
    expect(status).toBe(64);
  });
});
