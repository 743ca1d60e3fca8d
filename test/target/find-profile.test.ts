import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { findProfile } from "../../src/target/profile/find-profile.ts";
import { fakeIo } from "../support/fake-io.ts";
import { tempFolder } from "../support/temp-folder.ts";

const profile = (org: string) => `profiles: { prod: { org: ${org} } }`;

/** Looks for `prod` from `work/deep`; `home` is the user's folder. */
async function find(
  files: Record<string, string>,
  env: (folder: string) => Record<string, string> = () => ({}),
  name = "prod",
) {
  const folder = await tempFolder({ "work/deep/file": "", ...files });
  const io = fakeIo({ cwd: join(folder, "work/deep"), env: { HOME: join(folder, "home"), ...env(folder) } });
  return { folder, found: findProfile(name, io) };
}

describe("where a profile is found", () => {
  test.each<[string, Record<string, string>, string]>([
    ["in the working folder", { "work/deep/astro-scim.yaml": profile("here") }, "here"],
    ["in a folder above", { "work/astro-scim.yaml": profile("above") }, "above"],
    [
      "in the nearest of them",
      { "work/deep/astro-scim.yaml": profile("here"), "work/astro-scim.yaml": profile("above") },
      "here",
    ],
    ["in ~/.config", { "home/.config/astro-scim/astro-scim.yaml": profile("own") }, "own"],
    [
      "in the project before ~/.config",
      { "work/astro-scim.yaml": profile("above"), "home/.config/astro-scim/astro-scim.yaml": profile("own") },
      "above",
    ],
    [
      "in ~/.config, where the project's file has no such profile",
      { "work/astro-scim.yaml": "profiles: {}", "home/.config/astro-scim/astro-scim.yaml": profile("own") },
      "own",
    ],
  ])("%s", async (_where, files, org) => {
    const { found } = await find(files);
    expect(await found).toMatchObject({ name: "prod", org });
  });

  test("in $XDG_CONFIG_HOME", async () => {
    const { found, folder } = await find({ "xdg/astro-scim/astro-scim.yaml": profile("xdg") }, (root) => ({
      XDG_CONFIG_HOME: join(root, "xdg"),
    }));
    const file = join(folder, "xdg/astro-scim/astro-scim.yaml");
    const label = `profile "prod" of ${file}`;
    expect(await found).toEqual({ name: "prod", org: "xdg", file, label, foreign: undefined });
  });
});

describe("a profile that isn't there", () => {
  test("the nearest name is suggested", async () => {
    const { found } = await find({ "work/astro-scim.yaml": profile("o") }, undefined, "prdo");
    await expect(found).rejects.toMatchObject({ code: "usage", hint: 'Did you mean "prod"?' });
  });

  test("else the known ones are listed", async () => {
    const { found } = await find({ "work/astro-scim.yaml": profile("o") }, undefined, "staging-eu");
    await expect(found).rejects.toMatchObject({ code: "usage", hint: "Known profiles: prod." });
  });

  test.each(["__proto__", "constructor", "toString"])("%s is a name like any other", async (name) => {
    const { found } = await find({ "work/astro-scim.yaml": profile("o") }, undefined, name);
    await expect(found).rejects.toMatchObject({ code: "usage" });
  });

  test("without any file, where to put one is said", async () => {
    const { found } = await find({});
    await expect(found).rejects.toMatchObject({
      code: "usage",
      hint: expect.stringContaining("~/.config/astro-scim/"),
    });
  });

  test("a file with a mistake is not passed over", async () => {
    const { found, folder } = await find({
      "work/astro-scim.yaml": "profiles: 1",
      "home/.config/astro-scim/astro-scim.yaml": profile("own"),
    });
    await expect(found).rejects.toMatchObject({
      code: "invalid-file",
      place: { file: join(folder, "work/astro-scim.yaml") },
    });
  });

  test("a folder of that name can't be read", async () => {
    const { found } = await find({ "work/astro-scim.yaml/file": "" });
    await expect(found).rejects.toMatchObject({
      code: "invalid-file",
      message: expect.stringContaining("it is a folder"),
    });
  });
});
