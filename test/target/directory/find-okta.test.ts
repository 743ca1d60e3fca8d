/** How a live Okta is found: its address, its app, the credentials; and where a secret may go. */

import { generateKeyPairSync } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findOkta } from "../../../src/target/directory/find-okta.ts";
import type { ProviderSearch } from "../../../src/target/directory/provider-search.ts";
import { fakeIo } from "../../support/fake-io.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const url = "https://acme.okta.com";
const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});

interface Given {
  readonly flags?: ProviderSearch["flags"];
  readonly env?: Readonly<Record<string, string>>;
}

const find = ({ flags = { oktaUrl: url, oktaApp: "Astro" }, env = {} }: Given, cwd = "/nowhere") =>
  findOkta({ io: fakeIo({ env, cwd }), flags, profile: undefined });

describe("the variables of Okta's own tools", () => {
  test.each(["OKTA_CLIENT_TOKEN", "OKTA_API_TOKEN"])("%s is an API token", async (source) => {
    const { credentials } = await find({ env: { [source]: "00abc" } });
    expect(credentials).toEqual({ kind: "api-token", token: "00abc", source });
  });

  test("OKTA_CLIENT_ORGURL is the organization, and --okta-url comes before it", async () => {
    const env = { OKTA_CLIENT_ORGURL: `${url}/`, OKTA_CLIENT_TOKEN: "00abc" };
    expect((await find({ flags: { oktaApp: "Astro" }, env })).url).toBe(url);
  });

  test.each<readonly [form: string, text: string, key: string]>([
    ["PEM", privateKey, privateKey.trim()],
    ["PEM in one line", privateKey.trim().replaceAll("\n", String.raw`\n`), privateKey.trim()],
    ["a JWK", '{"kty":"RSA","d":"sixteen-characters"}', '{"kty":"RSA","d":"sixteen-characters"}'],
  ])("OKTA_API_PRIVATE_KEY in the form of %s", async (_form, text, key) => {
    const env = { OKTA_API_CLIENT_ID: "0oa1", OKTA_API_PRIVATE_KEY: text };
    const { credentials } = await find({ env });
    expect(credentials).toEqual({
      kind: "service-app",
      clientId: "0oa1",
      privateKey: key,
      keyId: undefined,
      source: "OKTA_API_PRIVATE_KEY",
    });
  });

  test("OKTA_API_PRIVATE_KEY as the name of a file", async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, "okta.pem"), privateKey);
    const env = { OKTA_API_CLIENT_ID: "0oa1", OKTA_API_PRIVATE_KEY: "okta.pem" };
    expect((await find({ env }, folder)).credentials).toMatchObject({ privateKey });
  });

  test("no line of a key is shown", async () => {
    const io = fakeIo({ env: { OKTA_API_CLIENT_ID: "0oa1", OKTA_API_PRIVATE_KEY: privateKey } });
    await findOkta({ io, flags: { oktaUrl: url, oktaApp: "Astro" }, profile: undefined });
    const line = privateKey.split("\n")[3] ?? "";
    expect(io.secrets.without(`it was ${line}`)).not.toContain(line);
  });
});

describe("what is refused", () => {
  const env = { OKTA_CLIENT_TOKEN: "00secret" };
  test.each<readonly [rule: string, given: Given, message: string, hint: string]>([
    ["no address", { flags: { oktaApp: "Astro" }, env }, "was given", "--okta-url"],
    ["no app", { flags: { oktaUrl: url }, env }, "was given", "--okta-app"],
    ["no credentials", {}, "no credentials for acme.okta.com", "OKTA_CLIENT_TOKEN"],
    [
      "the address of the Admin Console",
      { flags: { oktaUrl: "https://acme-admin.okta.com", oktaApp: "Astro" }, env },
      "the address of the Admin Console",
      "Write https://acme.okta.com.",
    ],
    [
      "plain HTTP to another machine",
      { flags: { oktaUrl: "http://acme.okta.com", oktaApp: "Astro" }, env },
      "plain HTTP",
      "https://acme.okta.com",
    ],
    [
      "a secret that belongs to another organization",
      { env: { ...env, OKTA_CLIENT_ORGURL: "https://other.okta.com" } },
      "OKTA_CLIENT_TOKEN belongs to other.okta.com",
      "OKTA_CLIENT_ORGURL",
    ],
    [
      "a key without the app that it belongs to",
      { env: { OKTA_API_PRIVATE_KEY: privateKey } },
      "needs OKTA_API_CLIENT_ID",
      "client ID",
    ],
    [
      "a key file that is not there",
      { env: { OKTA_API_CLIENT_ID: "0oa1", OKTA_API_PRIVATE_KEY: "missing.pem" } },
      "missing.pem of OKTA_API_PRIVATE_KEY cannot be read",
      "PEM",
    ],
  ])("%s", async (_rule, given, message, hint) => {
    await expect(find(given)).rejects.toMatchObject({
      message: expect.stringContaining(message),
      hint: expect.stringContaining(hint),
    });
    await expect(find(given)).rejects.not.toThrow("00secret");
  });
});
