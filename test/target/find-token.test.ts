import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { findToken } from "../../src/target/token/find-token.ts";
import type { TokenSearch } from "../../src/target/token/find-token.ts";
import { profileNamed } from "../support/profile-named.ts";
import { fakeIo } from "../support/fake-io.ts";
import { tempFolder } from "../support/temp-folder.ts";

const astro = "https://api.astronomer.io/scim/v2/O";
const elsewhere = "https://scim.example.com/scim";

/** The sources by precedence; each holds its own name as its token. */
const order = ["file", "ASTRO_SCIM_TOKEN", "PROD_TOKEN", "ASTRO_API_TOKEN", "login", "prompt"] as const;
type SourceName = (typeof order)[number];

async function search(
  present: readonly SourceName[],
  baseUrl: string | undefined = astro,
): Promise<TokenSearch> {
  const folder = await tempFolder({
    "token.txt": "file\n",
    ...(present.includes("login")
      ? {
          "home/.astro/config.yaml":
            "context: astronomer.io\ncontexts: {astronomer_io: {domain: astronomer.io, token: Bearer login}}",
        }
      : {}),
  });
  const variables = present.filter((name) => name === name.toUpperCase());
  return {
    flags: present.includes("file") ? { tokenFile: "token.txt" } : {},
    io: fakeIo({
      cwd: folder,
      env: { HOME: join(folder, "home"), ...Object.fromEntries(variables.map((name) => [name, name])) },
    }),
    profile: profileNamed("prod", {
      file: join(folder, "astro-scim.yaml"),
      org: "O",
      tokenEnv: "PROD_TOKEN",
    }),
    baseUrl,
    ask: present.includes("prompt") ? async () => "prompt" : undefined,
  };
}

describe("the order of the sources", () => {
  const subsets = Array.from({ length: 2 ** order.length }, (_, bits) =>
    order.filter((_name, at) => (bits >> at) & 1),
  );

  test.each(subsets.filter((present) => present.length > 0).map((present) => [present.join(", "), present]))(
    "of %s the first is taken",
    async (_list, present) => {
      expect((await findToken(await search(present))).token).toBe(present[0]);
    },
  );

  test("--token is for scripts and comes before all", async () => {
    const all = await search(order.filter((name) => name !== "file"));
    expect((await findToken({ ...all, flags: { token: "flag" } })).token).toBe("flag");
  });

  test("none at all: what to set is said, and that the profile's variable is missing", async () => {
    await expect(findToken(await search([]))).rejects.toMatchObject({
      code: "usage",
      message:
        'There is no API token for this target. PROD_TOKEN, the tokenEnv of profile "prod" of ./astro-scim.yaml, is not set.',
      hint: "Set PROD_TOKEN, or use --token-file with a file that contains the token.",
    });
  });

  test("none for a server on this machine: serve, which shows its token, is named", async () => {
    const here = { ...(await search([])), profile: undefined, baseUrl: "http://127.0.0.1:8888/scim/v2/o" };
    await expect(findToken(here)).rejects.toMatchObject({
      hint: "Set ASTRO_SCIM_TOKEN, or use --token-file with a file that contains the token. astro-scim serve shows its token; key i in its list.",
    });
    const questions: string[] = [];
    const ask = async (question: string): Promise<string> => {
      questions.push(question);
      return "typed";
    };
    expect((await findToken({ ...here, ask })).token).toBe("typed");
    expect(questions).toEqual(["API token for 127.0.0.1:8888 (serve shows it; key i in its list):"]);
  });

  test("--token and --token-file contradict each other", async () => {
    const both = await search(["file"]);
    await expect(findToken({ ...both, flags: { ...both.flags, token: "x" } })).rejects.toMatchObject({
      code: "usage",
    });
  });

  test("an empty variable is not set", async () => {
    const found = await search(["login"]);
    const io = fakeIo({ env: { ...found.io.env, ASTRO_SCIM_TOKEN: " " }, cwd: found.io.cwd });
    expect((await findToken({ ...found, io })).token).toBe("login");
  });
});

describe("where a token may go", () => {
  test.each<[string, SourceName, string, boolean]>([
    ["ASTRO_API_TOKEN to Astro's API", "ASTRO_API_TOKEN", astro, true],
    ["ASTRO_API_TOKEN to another server", "ASTRO_API_TOKEN", elsewhere, false],
    ["ASTRO_API_TOKEN to loopback", "ASTRO_API_TOKEN", "http://127.0.0.1:8888/scim/v2/O", false],
    [
      "ASTRO_API_TOKEN to a look-alike",
      "ASTRO_API_TOKEN",
      "https://api.astronomer.io.example.com/scim",
      false,
    ],
    ["ASTRO_API_TOKEN to another port", "ASTRO_API_TOKEN", "https://api.astronomer.io:8443/scim/v2/O", false],
    ["the login to Astro's API", "login", astro, true],
    ["the login to another server", "login", elsewhere, false],
    ["ASTRO_SCIM_TOKEN to any target", "ASTRO_SCIM_TOKEN", elsewhere, true],
    ["the profile's variable to the profile's target", "PROD_TOKEN", elsewhere, true],
    ["a file's token to any target", "file", elsewhere, true],
  ])("%s", async (_what, source, baseUrl, isAllowed) => {
    const outcome = await findToken(await search([source], baseUrl)).catch((error: unknown) => error);
    expect(outcome).toMatchObject(isAllowed ? { token: source } : { code: "usage" });
  });

  test("a token that was passed over is said, and the next source is taken", async () => {
    const found = await findToken(await search(["ASTRO_API_TOKEN", "prompt"], elsewhere));
    expect(found).toMatchObject({ token: "prompt", source: "the prompt" });
    expect(found.notes).toContain(
      "ASTRO_API_TOKEN was not used: it is only sent to https://api.astronomer.io.",
    );
  });

  test("ASTRO_DOMAIN says where ASTRO_API_TOKEN goes", async () => {
    const found = await search(["ASTRO_API_TOKEN"], "https://api.astronomer-dev.io/scim/v2/O");
    const io = fakeIo({ env: { ...found.io.env, ASTRO_DOMAIN: "astronomer-dev.io" } });
    expect((await findToken({ ...found, io })).token).toBe("ASTRO_API_TOKEN");
  });

  test("a profile that names ASTRO_API_TOKEN for its own server doesn't get it", async () => {
    const found = await search(["ASTRO_API_TOKEN"], elsewhere);
    const profile = { ...found.profile!, tokenEnv: "ASTRO_API_TOKEN" };
    await expect(findToken({ ...found, profile })).rejects.toMatchObject({ code: "usage" });
  });

  test("a profile's variable is not looked at without the profile", async () => {
    const found = await search(["PROD_TOKEN"]);
    await expect(findToken({ ...found, profile: undefined })).rejects.toMatchObject({ code: "usage" });
  });
});

describe("a token file", () => {
  test.each([
    ["is missing", {}, "there is no such file"],
    ["is a folder", { "token.txt/x": "" }, "it is a folder"],
    ["is far too large", { "token.txt": "x".repeat(64 * 1024 + 1) }, "it is far too large"],
  ])("that %s", async (_what, files, problem) => {
    const folder = await tempFolder(files);
    const found = await search([]);
    const attempt = findToken({ ...found, flags: { tokenFile: "token.txt" }, io: fakeIo({ cwd: folder }) });
    await expect(attempt).rejects.toMatchObject({
      code: "invalid-file",
      message: `The token file token.txt can't be read: ${problem}.`,
    });
  });

  test("that is empty is wrong usage, not a reason to look further", async () => {
    const folder = await tempFolder({ "token.txt": "\n" });
    const found = await search(["prompt"]);
    const attempt = findToken({ ...found, flags: { tokenFile: "token.txt" }, io: fakeIo({ cwd: folder }) });
    await expect(attempt).rejects.toMatchObject({
      code: "usage",
      message: 'The token from token.txt (profile "prod" of ./astro-scim.yaml) is empty.',
    });
  });
});

describe("the prompt", () => {
  test("names the server and the file", async () => {
    const questions: string[] = [];
    const found = await search([]);
    await findToken({
      ...found,
      ask: async (question) => {
        questions.push(question);
        return "typed";
      },
    });
    expect(questions).toEqual(['API token for api.astronomer.io (profile "prod" of ./astro-scim.yaml):']);
  });

  test("nothing typed is no token", async () => {
    await expect(findToken({ ...(await search([])), ask: async () => "" })).rejects.toMatchObject({
      code: "usage",
    });
  });

  test("nobody is asked before the target is known", async () => {
    const found = await search(["prompt"]);
    await expect(findToken({ ...found, baseUrl: undefined })).rejects.toMatchObject({ code: "usage" });
  });
});
