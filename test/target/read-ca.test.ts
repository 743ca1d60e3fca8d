import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { readCa } from "../../src/target/read-ca.ts";
import { profileNamed } from "../support/profile-named.ts";
import { fakeIo } from "../support/fake-io.ts";
import { tempFolder } from "../support/temp-folder.ts";

const pem = (name: string) => readFileSync(new URL(`../support/tls/${name}`, import.meta.url), "utf8");
const ca = pem("ca.pem");
const other = pem("server.pem");

describe("certificates to trust", () => {
  test("none are named", async () => {
    expect(await readCa(undefined, undefined, fakeIo())).toBeUndefined();
  });

  test("--ca, from the working folder", async () => {
    const cwd = await tempFolder({ "ca.pem": ca });
    expect(await readCa("ca.pem", undefined, fakeIo({ cwd }))).toBe(ca);
  });

  test("the profile's, from the folder of its file; --ca comes before it", async () => {
    const cwd = await tempFolder({ "profiles/ca.pem": ca, "mine.pem": other });
    const profile = profileNamed("p", {
      file: join(cwd, "profiles/astro-scim.yaml"),
      org: "O",
      ca: "ca.pem",
    });
    expect(await readCa(undefined, profile, fakeIo({ cwd }))).toBe(ca);
    expect(await readCa("mine.pem", profile, fakeIo({ cwd }))).toBe(other);
  });

  test("NODE_EXTRA_CA_CERTS is not lost", async () => {
    const cwd = await tempFolder({ "ca.pem": ca, "extra.pem": other });
    const io = fakeIo({ cwd, env: { NODE_EXTRA_CA_CERTS: "extra.pem" } });
    expect(await readCa("ca.pem", undefined, io)).toBe(`${ca}\n${other}`);
  });

  test.each([
    ["a missing file", {}, "The certificate file ca.pem can't be read: there is no such file."],
    ["a key instead", { "ca.pem": pem("server.key") }, "ca.pem has no certificate in PEM format."],
    ["something else", { "ca.pem": "hello" }, "ca.pem has no certificate in PEM format."],
    ["nothing", { "ca.pem": "" }, "ca.pem has no certificate in PEM format."],
  ])("%s", async (_what, files: Record<string, string>, message) => {
    const cwd = await tempFolder(files);
    await expect(readCa("ca.pem", undefined, fakeIo({ cwd }))).rejects.toMatchObject({
      code: "invalid-file",
      message,
    });
  });
});
