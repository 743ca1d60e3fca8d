/** How a live Entra ID is found: its tenant, its app, its cloud, the credentials. */

import { generateKeyPairSync } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findEntra } from "../../../src/target/directory/find-entra.ts";
import type { ProviderSearch } from "../../../src/target/directory/provider-search.ts";
import { fakeIo } from "../../support/fake-io.ts";
import { profileNamed } from "../../support/profile-named.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const flags = { entraTenant: "acme.example", entraApp: "Astro" };
const secret = { AZURE_CLIENT_ID: "client", AZURE_CLIENT_SECRET: "the-secret" };

interface Given {
  readonly flags?: ProviderSearch["flags"];
  readonly env?: Readonly<Record<string, string>>;
}

const find = (given: Given, cwd = "/nowhere") =>
  findEntra({ io: fakeIo({ env: given.env ?? {}, cwd }), flags: given.flags ?? flags, profile: undefined });

describe("the variables of Azure's own tools", () => {
  test("AZURE_CLIENT_SECRET is a client secret", async () => {
    const { credentials } = await find({ env: secret });
    expect(credentials).toEqual({
      kind: "client-secret",
      clientId: "client",
      secret: "the-secret",
      source: "AZURE_CLIENT_SECRET",
    });
  });

  test("AZURE_TENANT_ID is the tenant, and --entra-tenant comes before it", async () => {
    const env = { ...secret, AZURE_TENANT_ID: "other.example" };
    expect((await find({ flags: { entraApp: "Astro" }, env })).tenant).toBe("other.example");
    expect((await find({ env })).tenant).toBe("acme.example");
  });

  test("AZURE_CLIENT_CERTIFICATE_PATH needs both, the certificate and its key", async () => {
    const folder = await tempFolder();
    const { privateKey } = generateKeyPairSync("rsa", {
      modulusLength: 2048,
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
      publicKeyEncoding: { type: "spki", format: "pem" },
    });
    await writeFile(join(folder, "key.pem"), privateKey);
    const env = { AZURE_CLIENT_ID: "client", AZURE_CLIENT_CERTIFICATE_PATH: "key.pem" };
    await expect(find({ env }, folder)).rejects.toThrow("key.pem has no certificate in PEM format.");
    const pem = `-----BEGIN CERTIFICATE-----\nMII=\n-----END CERTIFICATE-----\n${privateKey}`;
    await writeFile(join(folder, "key.pem"), pem);
    expect((await find({ env }, folder)).credentials).toMatchObject({ kind: "certificate", pem });
  });

  test("none of them: the user of the Azure CLI", async () => {
    expect((await find({})).credentials).toEqual({ kind: "azure-cli", source: "the Azure CLI" });
  });
});

describe("the cloud", () => {
  test.each([
    [undefined, "https://graph.microsoft.com"],
    ["us-government", "https://graph.microsoft.us"],
    ["china", "https://microsoftgraph.chinacloudapi.cn"],
    ["http://127.0.0.1:9999/", "http://127.0.0.1:9999"],
  ])("%s", async (entraCloud, graph) => {
    const given = entraCloud === undefined ? flags : { ...flags, entraCloud };
    expect((await find({ flags: given, env: secret })).cloud.graph).toBe(graph);
  });
});

describe("a cloud that is not Microsoft's", () => {
  const given = { io: fakeIo({ env: secret }), flags: { ...flags, entraCloud: "https://graph.example" } };

  test("gets no credentials where nobody can be asked", async () => {
    await expect(findEntra({ ...given, profile: undefined })).rejects.toMatchObject({
      code: "refused",
      message:
        "With --entra-cloud the credentials from AZURE_CLIENT_SECRET go to graph.example, which is not a cloud of Microsoft.",
    });
  });

  test("gets them where somebody agrees", async () => {
    const { cloud } = await findEntra({ ...given, profile: undefined, confirm: async () => true });
    expect(cloud.graph).toBe("https://graph.example");
  });

  test("gets none where the answer is no", async () => {
    const found = findEntra({ ...given, profile: undefined, confirm: async () => false });
    await expect(found).rejects.toMatchObject({ code: "declined" });
  });

  const profileOf = (cloud: string) => profileNamed("here", { directory: { entra: { cloud } } });

  test("gets them where the profile names it", async () => {
    const { cloud } = await findEntra({ ...given, profile: profileOf("https://graph.example/") });
    expect(cloud.graph).toBe("https://graph.example");
  });

  test("gets none where the profile names another one", async () => {
    const found = findEntra({ ...given, profile: profileOf("https://other.example/") });
    await expect(found).rejects.toMatchObject({ code: "refused" });
  });
});

describe("what is refused", () => {
  test.each<readonly [rule: string, given: Given, message: string, hint: string]>([
    ["no tenant", { flags: { entraApp: "Astro" }, env: secret }, "is missing", "--entra-tenant"],
    ["no app", { flags: { entraTenant: "acme.example" }, env: secret }, "is missing", "--entra-app"],
    [
      "every tenant at once",
      { flags: { ...flags, entraTenant: "common" }, env: secret },
      "neither a tenant ID",
      "Tenant ID",
    ],
    [
      "a tenant that is a path",
      { flags: { ...flags, entraTenant: "a/b" }, env: secret },
      "neither a tenant ID",
      "Tenant ID",
    ],
    [
      "a secret without its app",
      { env: { AZURE_CLIENT_SECRET: "the-secret" } },
      "AZURE_CLIENT_ID is not set",
      "AZURE_CLIENT_ID",
    ],
    [
      "an unknown cloud",
      { flags: { ...flags, entraCloud: "gcc" }, env: secret },
      "is not known",
      "us-government",
    ],
    [
      "plain HTTP to another machine",
      { flags: { ...flags, entraCloud: "http://a.example" }, env: secret },
      "plain HTTP",
      "https",
    ],
  ])("%s", async (_rule, given, message, hint) => {
    await expect(find(given)).rejects.toMatchObject({
      message: expect.stringContaining(message),
      hint: expect.stringContaining(hint),
    });
    await expect(find(given)).rejects.not.toThrow("the-secret");
  });
});
