/** Which files of profiles may say where a token goes, and what is remembered of an agreement. */

import { chmod, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { resolveTarget, type RemoteTarget, type TargetFlags } from "../../src/target/resolve-target.ts";
import { organizationToken } from "../support/astro-token.ts";
import { fakeIo } from "../support/fake-io.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { ownerOnly } from "../support/owner-only.ts";

const org = "clmaxoarx000008l2c5ayb9pt";
const ca = await readFile(fileURLToPath(new URL("../support/tls/ca.pem", import.meta.url)), "utf8");
const otherCa = await readFile(fileURLToPath(new URL("../support/tls/server.pem", import.meta.url)), "utf8");

interface World {
  readonly folder: string;
  /** `yes` and `no` answer a question; without an answer nobody can be asked. */
  run(options?: RunOptions): Promise<Came>;
}

interface RunOptions {
  readonly flags?: TargetFlags;
  readonly env?: Readonly<Record<string, string>>;
  readonly answer?: "yes" | "no";
  /** Below the folder of the test; the repository unless told otherwise. */
  readonly cwd?: string;
}

interface Came {
  readonly target: RemoteTarget | undefined;
  readonly error: unknown;
  readonly questions: readonly string[];
}

/** A repository with files that came with it, and a home folder. */
async function world(files: Readonly<Record<string, string>>): Promise<World> {
  const folder = await tempFolder({ "repo/README": "", "home/README": "", ...files });
  const run = async ({ flags = {}, env = {}, answer, cwd = "repo" }: RunOptions = {}): Promise<Came> => {
    const questions: string[] = [];
    const confirm = async (question: string): Promise<boolean> => {
      questions.push(question);
      return answer === "yes";
    };
    const io = fakeIo({
      cwd: join(folder, cwd),
      env: { HOME: join(folder, "home"), GITHUB_TOKEN: "a-secret-of-mine", ...env },
    });
    const context = { io, intent: "write", withoutTarget: "in-process" } as const;
    try {
      const asking = answer === undefined ? context : { ...context, confirm };
      const target = await resolveTarget({ profile: "prod", ...flags }, asking);
      return { target: target.kind === "remote" ? target : undefined, error: undefined, questions };
    } catch (error) {
      return { target: undefined, error, questions };
    }
  };
  return { folder, run };
}

const profileOf = (settings: string): string => `profiles: { prod: { ${settings} } }\n`;
const evil = profileOf('url: "https://evil.example/scim/v2/x", tokenEnv: GITHUB_TOKEN');
const inRepo = (text: string) => ({ "repo/astro-scim.yaml": text });
const trusted = "home/.local/state/astro-scim/trusted.json";

describe("a file that is not the user's own", () => {
  test("sends no variable to another host, where nobody can be asked", async () => {
    const { run } = await world(inRepo(evil));
    expect((await run()).error).toMatchObject({
      code: "refused",
      message:
        'With profile "prod" of ./astro-scim.yaml the token from GITHUB_TOKEN goes to evil.example. The file is not in your own configuration folder, and you have not trusted its current content.',
      hint: "Check the file. If it is right, add --trust-config; your choice is remembered until the file changes.",
    });
  });

  test("asks where somebody can be asked: the file, the variable and the host are named", async () => {
    const { run } = await world(inRepo(evil));
    const { error, questions } = await run({ answer: "no" });
    expect(questions).toEqual([
      'With profile "prod" of ./astro-scim.yaml the token from GITHUB_TOKEN goes to evil.example. The file is not in your own configuration folder. Trust it?',
    ]);
    expect(error).toMatchObject({ code: "declined", message: "Not confirmed; nothing was contacted." });
  });

  test("no is not remembered", async () => {
    const { run } = await world(inRepo(evil));
    await run({ answer: "no" });
    expect((await run()).error).toMatchObject({ code: "refused" });
  });

  const anyToken = { ASTRO_SCIM_TOKEN: "mine" };
  test.each<readonly [what: string, settings: string, options: RunOptions]>([
    ["the profile's variable", 'url: "https://evil.example/x", tokenEnv: GITHUB_TOKEN', {}],
    ["ASTRO_SCIM_TOKEN", 'url: "https://evil.example/x"', { env: anyToken }],
    ["a domain that is not Astronomer's", "org: o, domain: evil.example", { env: anyToken }],
    ["another domain of Astronomer's", "org: o, domain: astronomer-dev.io", { env: anyToken }],
    ["a look-alike", 'url: "https://api.astronomer.io.evil.example/scim"', { env: anyToken }],
    ["a name below .localhost", 'url: "https://x.localhost/scim"', { env: anyToken }],
    ["certificates for the public Astro", `org: ${org}, ca: ca.pem`, { env: anyToken }],
    ["certificates, and --token", `org: ${org}, ca: ca.pem`, { flags: { token: "mine" } }],
  ])("is asked about: %s", async (_what, settings, options) => {
    const { run } = await world({ ...inRepo(profileOf(settings)), "repo/ca.pem": ca });
    expect((await run(options)).error).toMatchObject({ code: "refused" });
  });

  test.each<readonly [what: string, settings: string, options: RunOptions]>([
    ["the public Astro", `org: ${org}, tokenEnv: GITHUB_TOKEN`, {}],
    ["loopback", 'url: "http://127.0.0.1:8888/scim", tokenEnv: GITHUB_TOKEN', {}],
    [
      "loopback, certificates included",
      'url: "https://localhost/scim", ca: ca.pem, tokenEnv: GITHUB_TOKEN',
      {},
    ],
    ["a token that was given with --token", 'url: "https://h.example/x"', { flags: { token: "mine" } }],
    [
      "a token that was given with --token-file",
      'url: "https://h.example/x"',
      { flags: { tokenFile: "README" } },
    ],
    [
      "the token of Astronomer's own tools, on their domain",
      "org: o, domain: astronomer-dev.io",
      { env: { ASTRO_API_TOKEN: organizationToken("o"), ASTRO_DOMAIN: "astronomer-dev.io" } },
    ],
    ["certificates that --ca replaces", `org: ${org}, ca: ca.pem`, { flags: { ca: "x.pem" }, env: anyToken }],
  ])("is not asked about: %s", async (_what, settings, options) => {
    const { run } = await world({
      ...inRepo(profileOf(settings)),
      "repo/ca.pem": ca,
      "repo/README": "a-token",
    });
    const { error, target } = await run(options);
    expect(error).toBeUndefined();
    expect(target?.profile?.name).toBe("prod");
  });

  test("a token that is typed needs no other question: its own names host and file", async () => {
    const { folder } = await world(inRepo(profileOf('url: "https://h.example/x"')));
    const questions: string[] = [];
    const io = fakeIo({ cwd: join(folder, "repo"), env: { HOME: join(folder, "home") } });
    const ask = async (question: string): Promise<string> => {
      questions.push(question);
      return "typed";
    };
    const context = { io, intent: "read", withoutTarget: "in-process", ask } as const;
    expect(await resolveTarget({ profile: "prod" }, context)).toMatchObject({ token: "typed" });
    expect(questions).toEqual(['API token for h.example (profile "prod" of ./astro-scim.yaml):']);
  });

  test("with --token, too, where the user has a profile of that name: it may be the one that is meant", async () => {
    const { run } = await world({
      ...inRepo(evil),
      "home/.config/astro-scim/astro-scim.yaml": profileOf(`org: ${org}`),
    });
    expect((await run({ flags: { token: "mine" } })).error).toMatchObject({ code: "refused" });
  });

  test("the file in a folder above is named by its whole path", async () => {
    const { run, folder } = await world({ "astro-scim.yaml": evil });
    const { error } = await run();
    expect(error).toMatchObject({
      message: expect.stringContaining(`of ${join(folder, "astro-scim.yaml")} `),
    });
  });

  test("control characters in a name don't reach the question", async () => {
    const { run } = await world(inRepo(evil.replace("prod", '"pr\\e[2Jod"')));
    const { questions } = await run({ answer: "no", flags: { profile: "pr\u001B[2Jod" } });
    expect(questions[0]).toContain("pr\\u{1b}[2Jod");
  });
});

describe("an agreement", () => {
  test.each<readonly [how: string, options: RunOptions]>([
    ["yes", { answer: "yes" }],
    ["--trust-config", { flags: { trustConfig: true } }],
  ])("%s is remembered: nobody is asked again", async (_how, options) => {
    const { run } = await world(inRepo(evil));
    expect((await run(options)).target?.token).toBe("a-secret-of-mine");
    const again = await run({ answer: "no" });
    expect(again).toMatchObject({ error: undefined, questions: [] });
    expect(again.target?.notes).toEqual([
      'Using profile "prod" of ./astro-scim.yaml: the token from GITHUB_TOKEN goes to evil.example.',
    ]);
  });

  test("is kept in $XDG_STATE_HOME, without the token", async () => {
    const { run, folder } = await world(inRepo(evil));
    const env = { XDG_STATE_HOME: join(folder, "state") };
    await run({ answer: "yes", env });
    const file = join(folder, "state/astro-scim/trusted.json");
    const text = await readFile(file, "utf8");
    expect(JSON.parse(text)).toMatchObject({
      version: 1,
      trusted: [{ token: "GITHUB_TOKEN", host: "evil.example" }],
    });
    expect(text).not.toContain("a-secret-of-mine");
    expect(await readdir(join(folder, "state/astro-scim"))).toEqual(["trusted.json"]);
  });

  test.skipIf(process.platform === "win32")("nobody else can read what was agreed to", async () => {
    const { run, folder } = await world(inRepo(evil));
    await run({ answer: "yes" });
    expect((await stat(join(folder, trusted))).mode & 0o777).toBe(ownerOnly);
  });

  const withCa = profileOf('url: "https://evil.example/x", tokenEnv: GITHUB_TOKEN, ca: ca.pem');
  test.each<readonly [what: string, change: (folder: string) => Promise<void>, options: RunOptions]>([
    ["the file changes", (folder) => writeFile(join(folder, "repo/astro-scim.yaml"), `${withCa}#\n`), {}],
    ["the certificates change", (folder) => writeFile(join(folder, "repo/ca.pem"), otherCa), {}],
    ["another variable is sent", async () => {}, { env: { ASTRO_SCIM_TOKEN: "another" } }],
    [
      "the same file is somewhere else",
      async (folder) => {
        await mkdir(join(folder, "other"));
        await writeFile(join(folder, "other/astro-scim.yaml"), withCa);
        await writeFile(join(folder, "other/ca.pem"), ca);
      },
      { cwd: "other" },
    ],
    ["the list is gone", (folder) => rm(join(folder, trusted)), {}],
  ])("is asked for again when %s", async (_what, change, options) => {
    const { run, folder } = await world({ ...inRepo(withCa), "repo/ca.pem": ca });
    await run({ answer: "yes" });
    expect((await run()).error).toBeUndefined();
    await change(folder);
    expect((await run(options)).error).toMatchObject({ code: "refused" });
  });

  test("to one profile is none to another one of the same file", async () => {
    const two = `profiles:\n  prod: { url: "https://a.example/x" }\n  dev: { url: "https://b.example/x", tokenEnv: GITHUB_TOKEN }\n`;
    const { run } = await world(inRepo(two));
    await run({ answer: "yes", env: { ASTRO_SCIM_TOKEN: "mine" } });
    expect((await run({ flags: { profile: "dev" } })).error).toMatchObject({ code: "refused" });
  });

  test("to several files: each is remembered", async () => {
    const { run } = await world({ ...inRepo(evil), "other/astro-scim.yaml": evil });
    await run({ answer: "yes" });
    await run({ answer: "yes", cwd: "other" });
    expect([(await run()).error, (await run({ cwd: "other" })).error]).toEqual([undefined, undefined]);
  });

  test("the list does not grow for ever", async () => {
    const many = Array.from({ length: 700 }, (_, at) => ({
      file: `/${at}`,
      sha256: "0",
      token: "T",
      host: "h",
    }));
    const { run, folder } = await world({
      ...inRepo(evil),
      [trusted]: JSON.stringify({ version: 1, trusted: many }),
    });
    await run({ answer: "yes" });
    const { trusted: kept } = JSON.parse(await readFile(join(folder, trusted), "utf8"));
    expect(kept).toHaveLength(500);
    expect((await run()).error).toBeUndefined();
  });
});

describe("a list that can't be used means that nothing is trusted", () => {
  test.each<readonly [what: string, text: string, problem: string]>([
    ["no JSON", "{", "its content is not in astro-scim's format"],
    ["empty", "", "its content is not in astro-scim's format"],
    ["another version", '{"version":2,"trusted":[]}', "its content is not in astro-scim's format"],
    ["everything", '{"version":1,"trusted":"*"}', "its content is not in astro-scim's format"],
    ["far too large", " ".repeat(1024 * 1024 + 1), "it is far too large"],
  ])("%s", async (_what, text, problem) => {
    const { run, folder } = await world({ ...inRepo(evil), [trusted]: text });
    const said = `The list of trusted files ${join(folder, trusted)} was not used: ${problem}.`;
    expect((await run()).error).toMatchObject({ code: "refused", message: expect.stringContaining(said) });
    const { target } = await run({ flags: { trustConfig: true } });
    expect(target?.notes).toContain(said);
    expect((await run()).error).toBeUndefined();
  });

  test("a folder: said, and what is agreed to now is not remembered", async () => {
    const { run, folder } = await world({ ...inRepo(evil), [`${trusted}/file`]: "" });
    const { target } = await run({ flags: { trustConfig: true } });
    expect(target?.notes.join("\n")).toContain("trusted.json was not used: it is a folder.");
    expect(target?.notes.join("\n")).toContain("Your choice cannot be saved: ");
    expect((await run()).error).toMatchObject({ code: "refused" });
    expect(await readdir(join(folder, "home/.local/state/astro-scim"))).toEqual(["trusted.json"]);
  });

  test("without a home folder nothing can be remembered, which is said", async () => {
    const { run } = await world(inRepo(evil));
    const { target } = await run({ flags: { trustConfig: true }, env: { HOME: "" } });
    expect(target?.notes).toContain("Your choice cannot be saved: there is no home folder.");
  });

  test.skipIf(process.getuid?.() === 0)("a folder that can't be written", async () => {
    const { run, folder } = await world({ ...inRepo(evil), "home/.local/state/astro-scim/x": "" });
    await chmod(join(folder, "home/.local/state/astro-scim"), 0o500);
    const { target } = await run({ flags: { trustConfig: true } });
    expect(target?.notes.join("\n")).toContain("Your choice cannot be saved: ");
  });
});

describe("the user's own file", () => {
  const own = "home/.config/astro-scim/astro-scim.yaml";
  /** The file that was trusted; undefined where somebody must agree first. */
  const trustedFile = async ({ run }: World, options?: RunOptions): Promise<string | undefined> =>
    (await run(options)).target?.profile?.file;

  test("is trusted", async () => {
    const there = await world({ [own]: evil });
    expect(await trustedFile(there)).toBe(join(there.folder, own));
  });

  test.each(["home/.config/astro-scim", "home/.config/astro-scim/below"])(
    "also where the command runs in %s",
    async (cwd) => {
      const there = await world({ [own]: evil, "home/.config/astro-scim/below/x": "" });
      expect(await trustedFile(there, { cwd })).toBe(join(there.folder, own));
    },
  );

  test("but not another one in a folder below it", async () => {
    const there = await world({ [own]: evil, "home/.config/astro-scim/clone/astro-scim.yaml": evil });
    expect((await there.run({ cwd: "home/.config/astro-scim/clone" })).error).toMatchObject({
      code: "refused",
    });
  });

  test("may be a symbolic link into a folder of dotfiles, and be reached through that, too", async () => {
    const there = await world({ "dotfiles/astro-scim.yaml": evil });
    await mkdir(join(there.folder, "home/.config/astro-scim"), { recursive: true });
    await symlink(join(there.folder, "dotfiles/astro-scim.yaml"), join(there.folder, own));
    expect(await trustedFile(there)).toBe(join(there.folder, own));
    expect(await trustedFile(there, { cwd: "dotfiles" })).toBe(join(there.folder, own));
  });

  test("to which a repository has a link: its relative paths begin in its own folder", async () => {
    const there = await world({
      [own]: profileOf('url: "https://h.example/x", tokenEnv: GITHUB_TOKEN, ca: ca.pem'),
      "repo/ca.pem": otherCa,
    });
    await symlink(join(there.folder, own), join(there.folder, "repo/astro-scim.yaml"));
    expect(await trustedFile(there)).toBe(join(there.folder, own));
  });

  test("a link from the user's folder is one thing, a link of the repository to another file another", async () => {
    const there = await world({ "elsewhere/file.yaml": evil });
    await symlink(join(there.folder, "elsewhere/file.yaml"), join(there.folder, "repo/astro-scim.yaml"));
    expect((await there.run()).error).toMatchObject({ code: "refused" });
  });

  test.each<readonly [variable: string, below: string]>([
    ["HOME", ".config/astro-scim"],
    ["XDG_CONFIG_HOME", "astro-scim"],
  ])(
    "is not found by a %s that is relative: that leads wherever the command runs",
    async (variable, below) => {
      const { run, folder } = await world({ [`there/${below}/astro-scim.yaml`]: evil });
      const env = { [variable]: relative(process.cwd(), join(folder, "there")) };
      expect((await run({ env })).error).toMatchObject({ code: "usage" });
    },
  );
});

test("errors about a token name the file whose profile is in use", async () => {
  const { run } = await world(inRepo(profileOf(`org: ${org}, tokenEnv: EXPIRED`)));
  const { error } = await run({ env: { EXPIRED: organizationToken(org, { exp: 1 }) } });
  expect(error).toMatchObject({
    code: "unauthorized",
    message: expect.stringContaining(
      'The token from EXPIRED (profile "prod" of ./astro-scim.yaml) has expired',
    ),
  });
});
