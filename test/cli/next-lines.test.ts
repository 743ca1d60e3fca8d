/** Every `Next:` line that a command can print: it is carried out as it stands, and leads to what it promises. */

import { readdirSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { nextKinds, temporaryAstro, type NextKind } from "../../src/report/next-step.ts";
import { readFixture } from "../../src/fixture/read.ts";
import { oktaToken, startEmulatedOkta } from "../support/emulated-okta.ts";
import { followNext, recommendedIn } from "../support/follow-next.ts";
import { runCommand, type CommandResult } from "../support/run-command.ts";
import { startServingIn } from "../support/serving.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { startWatchedAstro, type Passing } from "../support/watched-astro.ts";

/** Ada has no account yet, Bob is up to date, Eve is left over. */
const company = `idp: okta
users:
  - { email: ada@example.com, firstName: Ada, lastName: Lovelace, displayName: Ada }
  - { email: bob@example.com, firstName: Bob, lastName: Ross, displayName: Bob }
astro:
  users:
    - { email: bob@example.com, givenName: Bob, familyName: Ross, displayName: Bob }
    - { email: eve@example.com }
`;
const withoutEve = company.replace(/^.*eve@.*\n/m, "");
const withoutAda = company.replace(/^.*ada@.*\n/m, "");
const upToDate = withoutAda.replace(/^.*eve@.*\n/m, "");
/** What its step expects does not come true. */
const failing = `${withoutEve}timeline:
  - name: Bob leaves
    after: 1d
    do: [{ deactivate: bob@example.com }]
    expect: { users: { bob@example.com: { active: true } } }
`;
const files = {
  "company.yaml": company,
  "Ada's company.yaml": withoutEve,
  "-company.yaml": withoutEve,
  "left-over.yaml": withoutAda,
  "up-to-date.yaml": upToDate,
  "with-team.yaml": `${upToDate}  teams: [{ name: data platform, members: [bob@example.com] }]\n`,
  "nothing-held.yaml": upToDate.replace(/^astro:[^]*/m, ""),
  "failing.yaml": failing,
  "broken.yaml": "idp: okta\nusres: []\n",
};

interface Situation {
  readonly folder: string;
  readonly run: (...words: readonly string[]) => Promise<CommandResult>;
  /** The variables that commands have. */
  readonly env: Record<string, string>;
  /** Does what is recommended there. */
  readonly follow: (stdout: string) => Promise<CommandResult>;
  /** Starts a server with this fixture; gives back its URL. Commands have its token from then on. */
  readonly serve: (...words: readonly string[]) => Promise<string>;
}

interface Case {
  readonly when: string;
  readonly recommending: RegExp;
  /** Resolves to the output that recommends it. */
  readonly after: (situation: Situation) => Promise<CommandResult>;
  readonly leadsTo: (followed: CommandResult, situation: Situation) => void | Promise<void>;
}

const isClean = ({ status, stdout }: CommandResult): void => {
  expect(stdout).toMatch(/^Astro matches the directory: /m);
  expect(status).toBe(0);
};

/** The result says so, with this exit status. */
const says =
  (text: string | RegExp, status: number) =>
  (followed: CommandResult): void => {
    expect(followed.stdout).toMatch(text);
    expect(followed.status).toBe(status);
  };

const cases: Readonly<Record<NextKind, readonly Case[]>> = {
  "compare-provisioned": [
    {
      when: "a rehearsal with Okta in memory went as expected",
      recommending: /^Next: astro-scim serve 'Ada'\\''s company\.yaml' --provisioned$/m,
      after: ({ run }) => run("simulate", "okta", "Ada's company.yaml"),
      leadsTo: isClean,
    },
    {
      when: "one with Entra ID did, of a fixture that comes with the package",
      recommending: /^Next: astro-scim serve fixtures\/entra-small\.yaml --provisioned$/m,
      after: ({ run }) => run("simulate", "entra", "fixtures/entra-small.yaml"),
      leadsTo: isClean,
    },
    {
      when: "one did of a fixture whose name begins like an option",
      recommending: /^Next: astro-scim serve \.\/-company\.yaml --provisioned$/m,
      after: ({ run }) => run("simulate", "okta", "--", "-company.yaml"),
      leadsTo: isClean,
    },
    {
      when: "one without a fixture did",
      recommending: /^Next: astro-scim serve fixtures\/okta-company\.yaml --provisioned$/m,
      after: ({ run }) => run("simulate", "okta"),
      leadsTo: isClean,
    },
  ],
  "rehearse-and-keep": (["okta", "entra"] as const).map((idp) => ({
    when: `a rehearsal with ${idp} ended with the differences that its fixture expects`,
    recommending: new RegExp(`^Next: astro-scim serve fixtures/${idp}/faq-account-left-behind\\.yaml$`, "m"),
    after: ({ run }) => run("simulate", idp, `fixtures/${idp}/faq-account-left-behind.yaml`),
    leadsTo: async (followed, { follow }) => {
      says(/^The rehearsal went as expected\.$/m, 0)(followed);
      const left = await follow(followed.stdout);
      says(/orphaned: active in Astro/, 2)(left);
    },
  })),
  show: [
    {
      when: "one user was shown",
      recommending: /^Next: astro-scim teams show 'data platform' --url \S+$/m,
      after: async ({ run, serve }) =>
        run("users", "show", "bob@example.com", "--url", await serve("with-team.yaml")),
      leadsTo: says("bob@example.com", 0),
    },
    {
      when: "one Team was shown",
      recommending: /^Next: astro-scim users show \S+ --url \S+$/m,
      after: async ({ run, serve }) =>
        run("teams", "show", "data platform", "--url", await serve("with-team.yaml")),
      leadsTo: says("data platform", 0),
    },
  ],
  "rehearse-again": [
    {
      when: "a rehearsal in memory failed",
      recommending: /^Next: astro-scim simulate okta failing\.yaml --verbose$/m,
      after: ({ run }) => run("simulate", "okta", "failing.yaml"),
      leadsTo: async (followed, { follow, folder }) => {
        says(/^The rehearsal failed: 1 expectation not met\.$/m, 1)(followed);
        expect(followed.stderr).toMatch(/ GET +\/Users/);
        const traced = await follow((await runIn(folder, "simulate", "okta", "failing.yaml", "-v")).stdout);
        says(/^The rehearsal failed/m, 1)(traced);
        expect(readFileSync(join(folder, "trace.ndjson"), "utf8")).toContain('"/Users');
      },
    },
    {
      when: "everything but JSON has been looked at",
      recommending: /^Next: astro-scim simulate okta failing\.yaml --json$/m,
      after: ({ run }) => run("simulate", "okta", "failing.yaml", "-v", "--trace", "t.har"),
      leadsTo: ({ status, stdout }) => {
        expect(JSON.parse(stdout)).toMatchObject({ status: "failed" });
        expect(status).toBe(1);
      },
    },
    {
      when: "it failed with another type of app and another behaviour of the provider",
      recommending: / failing\.yaml --integration wizard --fidelity \S+=\S+ --verbose$/m,
      after: ({ run }) =>
        run(
          "simulate",
          "okta",
          "failing.yaml",
          "--integration",
          "wizard",
          "--fidelity",
          "severalMatches=fail",
        ),
      leadsTo: says(/^The rehearsal failed: 1 expectation not met\.$/m, 1),
    },
  ],
  rehearse: [
    ...(["okta", "entra"] as const).flatMap((idp): readonly Case[] => [
      {
        when: `fixture new wrote one for ${idp}`,
        recommending: new RegExp(`^Next: astro-scim simulate ${idp} mine\\.yaml$`, "m"),
        after: ({ run }) => run("fixture", "new", "mine.yaml", "--idp", idp),
        leadsTo: says(/ as expected$/m, 0),
      },
      {
        when: `fixture generate did`,
        recommending: new RegExp(`^Next: astro-scim simulate ${idp} made\\.yaml$`, "m"),
        after: ({ run }) => run("fixture", "generate", "--idp", idp, "--users", "9", "--out", "made.yaml"),
        leadsTo: says(/^Astro matches the directory: /m, 0),
      },
      {
        when: `preflight of one did`,
        recommending: new RegExp(`^Next: astro-scim simulate ${idp} fixtures/${idp}-small\\.yaml$`, "m"),
        after: ({ run }) => run("preflight", `fixtures/${idp}-small.yaml`),
        leadsTo: says(/ as expected$/m, 0),
      },
    ]),
    {
      when: "fixture validate found it valid",
      recommending: /^Next: astro-scim simulate okta 'Ada'\\''s company\.yaml'$/m,
      after: ({ run }) => run("fixture", "validate", "Ada's company.yaml"),
      leadsTo: says(/^Astro matches the directory: /m, 0),
    },
  ],
  "validate-again": [
    {
      when: "fixture validate found mistakes, which nobody has mended",
      recommending: /^Next: astro-scim fixture validate broken\.yaml$/m,
      after: ({ run }) => run("fixture", "validate", "company.yaml", "broken.yaml"),
      leadsTo: says(/^Next: astro-scim fixture validate broken\.yaml$/m, 64),
    },
  ],
  compare: [
    {
      when: "a server was provisioned",
      recommending: /^Next: astro-scim diff --from 'Ada'\\''s company\.yaml' --url \S+$/m,
      after: async ({ run, serve }) => {
        const url = await serve("up-to-date.yaml");
        return run("simulate", "okta", "Ada's company.yaml", "--url", url);
      },
      leadsTo: isClean,
    },
    {
      when: "it was, by a provider that remembers",
      recommending: /^Next: astro-scim diff --from company\.yaml --url \S+ --state memory\.json$/m,
      after: async ({ run, serve }) =>
        run(
          "simulate",
          "okta",
          "company.yaml",
          "--url",
          await serve("company.yaml"),
          "--state",
          "memory.json",
        ),
      leadsTo: says(/^ {2}- eve@example\.com +orphaned/m, 2),
    },
    {
      when: "a repair was carried out on a server",
      recommending: /^Next: astro-scim diff --from company\.yaml --url \S+$/m,
      after: async ({ run, serve }) =>
        run("resync", "--all", "--yes", "--from", "company.yaml", "--url", await serve("company.yaml")),
      leadsTo: says(/^1 difference /m, 2),
    },
    {
      when: "a repair in memory had nothing to do",
      recommending: /^Next: astro-scim diff --from up-to-date\.yaml$/m,
      after: ({ run }) => run("resync", "--all", "--yes", "--from", "up-to-date.yaml"),
      leadsTo: isClean,
    },
  ],
  "plan-repair": [
    {
      when: "a directory differs from what is in memory",
      recommending: /^Next: astro-scim resync --all --dry-run --from company\.yaml$/m,
      after: ({ run }) => run("diff", "company.yaml"),
      leadsTo: says(/^ {2}\+ create the account ada@example\.com$/m, 0),
    },
    {
      when: "it differs from a server, as of a step of its timeline",
      recommending: /^Next: astro-scim resync --all --dry-run --from failing\.yaml --at start --url \S+$/m,
      after: async ({ run, serve }) =>
        run("diff", "failing.yaml", "--at", "start", "--url", await serve("company.yaml")),
      leadsTo: says(/^ {2}\+ create the account ada@example\.com$/m, 0),
    },
  ],
  "plan-deletion": [
    {
      when: "accounts are left over, and nothing else differs",
      recommending: /^Next: astro-scim delete --all --dry-run --from left-over\.yaml$/m,
      after: ({ run }) => run("diff", "left-over.yaml"),
      leadsTo: says(/^ {2}- delete the account eve@example\.com /m, 0),
    },
  ],
  "carry-out": [
    {
      when: "a dry run has shown a plan for memory",
      recommending: /^Next: astro-scim resync --all --from company\.yaml$/m,
      after: ({ run }) => run("resync", "--all", "--dry-run", "--from", "company.yaml"),
      leadsTo: says(/^1 done\.$/m, 0),
    },
    {
      when: "a dry run has shown a plan for a server, with what allows it",
      recommending: /^Next: astro-scim delete --all --max-deletions 9 --from company\.yaml --url \S+$/m,
      after: async ({ run, serve }) =>
        run(
          "delete",
          "--all",
          "--max-deletions",
          "9",
          "--dry-run",
          "--from",
          "company.yaml",
          "--url",
          await serve("company.yaml"),
        ),
      leadsTo: says(/^1 done\.$/m, 0),
    },
    {
      when: "nobody was named",
      recommending: /^Next: astro-scim push-group --all --from fixtures\/okta-drift\.yaml$/m,
      after: ({ run }) => run("push-group"),
      leadsTo: says(/^6 done\.$/m, 0),
    },
  ],
  "carry-out-and-keep": [
    {
      when: "a repair was carried out in memory",
      recommending: /^Next: astro-scim serve company\.yaml$/m,
      after: ({ run }) => run("resync", "ada@example.com", "--yes", "--from", "company.yaml"),
      leadsTo: async (followed, { follow }) => {
        says(/^1 done\.$/m, 0)(followed);
        const { stdout, status } = await follow(followed.stdout);
        expect(stdout).not.toContain("ada@example.com");
        expect(status).toBe(2);
      },
    },
  ],
  "replay-and-keep": [
    {
      when: "a recording gave the same answers in memory",
      recommending: /^Next: astro-scim serve --org \S+$/m,
      after: async ({ run }) => {
        await run("simulate", "okta", "nothing-held.yaml", "--trace", "t.har");
        return run("replay", "t.har");
      },
      leadsTo: says(/: every answer matches the recording\.$/m, 0),
    },
    {
      when: "it did with what a fixture says that Astro held before",
      recommending: /^Next: astro-scim serve 'Ada'\\''s company\.yaml'$/m,
      after: async ({ run }) => {
        await run("simulate", "okta", "Ada's company.yaml", "--trace", "t.har");
        return run("replay", "t.har", "--from", "Ada's company.yaml");
      },
      leadsTo: says(/: every answer matches the recording\.$/m, 0),
    },
  ],
  "replay-again": [
    {
      when: "a recording gave other answers in memory",
      recommending: /^Next: astro-scim replay t\.har --verbose$/m,
      after: async ({ run }) => {
        await run("simulate", "okta", "company.yaml", "--trace", "t.har");
        return run("replay", "t.har");
      },
      leadsTo: async (followed, { follow }) => {
        says(/differences? in /, 1)(followed);
        expect(followed.stderr).toMatch(/ GET +\/Users/);
        const last = await follow(followed.stdout);
        expect(JSON.parse(last.stdout)).toMatchObject({ status: "different" });
      },
    },
    {
      when: "the target stopped answering for a while",
      recommending: /^Next: astro-scim replay t\.har --url \S+ --token-file token\.txt$/m,
      after: async ({ run, folder }) => {
        await run("simulate", "okta", "Ada's company.yaml", "--trace", "t.har");
        let isAway = true;
        const before = ({ number }: Passing) => (number > 1 && isAway ? "cut" : undefined);
        const { url, token } = await startWatchedAstro({ fixture: upToDate, before });
        await writeFile(join(folder, "token.txt"), token);
        const recommending = await run("replay", "t.har", "--url", url, "--token-file", "token.txt");
        isAway = false;
        return recommending;
      },
      leadsTo: says(/: every answer matches the recording\.$/m, 0),
    },
  ],
  "check-setup": [
    {
      when: "a sheet for a live app was shown",
      recommending: /^Next: astro-scim setup okta --check --url \S+ --okta-url \S+ --okta-app Astro$/m,
      after: async ({ run, env }) => {
        const { start: directory, app } = readFixture("company.yaml", upToDate);
        const { okta, astro } = await startEmulatedOkta({ directory, app });
        Object.assign(env, { OKTA_CLIENT_TOKEN: oktaToken, ASTRO_SCIM_TOKEN: astro.token });
        const live = ["--okta-url", okta.url, "--okta-app", "Astro"];
        return run("setup", "okta", "--yes", "--url", astro.url, ...live);
      },
      leadsTo: says(/^\d+ lines right, none different\./m, 0),
    },
  ],
  "replay-locally": [
    {
      when: "a recording was sent to a server",
      recommending: /^Next: astro-scim replay t\.har$/m,
      after: async ({ run, serve }) => {
        await run("simulate", "okta", "company.yaml", "--trace", "t.har");
        return run("replay", "t.har", "--url", await serve("company.yaml"));
      },
      leadsTo: says(/ requests sent again/, 1),
    },
  ],
};

async function runIn(cwd: string, ...words: readonly string[]): Promise<CommandResult> {
  return runCommand(words, { cwd, columns: 200 });
}

async function situation(): Promise<Situation> {
  const folder = await tempFolder(files);
  const env: Record<string, string> = {};
  return {
    folder,
    env,
    run: (...words) => runCommand(words, { cwd: folder, env }),
    follow: (stdout) => followNext(stdout, { cwd: folder, env }),
    serve: async (...words) => {
      const server = await startServingIn({ cwd: folder }, [...words, "--port", "0"]);
      env["ASTRO_SCIM_TOKEN"] = server.token;
      return server.url;
    },
  };
}

describe.each(nextKinds)("%s", (kind) => {
  test.each(cases[kind])("after $when", async ({ recommending, after, leadsTo }) => {
    const where = await situation();
    const { stdout } = await after(where);
    expect(stdout).toMatch(recommending);
    expect(stdout.includes(temporaryAstro)).toBe(recommendedIn(stdout).meanwhile !== undefined);
    await leadsTo(await where.follow(stdout), where);
  });
});

describe("What to do", () => {
  test.each([
    ["diff", ["diff"]],
    ["simulate", ["simulate", "okta"]],
  ])("of %s names commands for the directory and the target that were compared", async (_name, words) => {
    const { run, serve } = await situation();
    const url = await serve("left-over.yaml");
    const { stdout } = await run(...words, "Ada's company.yaml", "--url", url);
    const where = `--from 'Ada'\\''s company.yaml' --url ${url}`;
    expect(stdout).toContain(`  astro-scim delete USER ${where}\n`);
  });
});

describe("nothing is recommended", () => {
  test("where a run has deleted again what it created", async () => {
    const { run, serve } = await situation();
    const url = await serve("up-to-date.yaml");
    const { stdout } = await run("simulate", "okta", "Ada's company.yaml", "--url", url, "--cleanup");
    expect(stdout).not.toContain("Next:");
  });
});

describe("there is no other Next line", () => {
  const source = fileURLToPath(new URL("../../src/", import.meta.url));
  const sources = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".ts"),
  );

  test.each(["Next:", "Then, in another terminal,"])("of the program: %s", (label) => {
    const making = sources.filter((name) =>
      new RegExp(`(?:\\\\n|[^\\w])${label} `).test(readFileSync(join(source, name), "utf8")),
    );
    expect(making).toEqual([join("report", "next-step.ts")]);
  });

  const repository = fileURLToPath(new URL("../../", import.meta.url));
  // Tests of these pages, in test/docs/, run what they show at the server that they show.
  const served = ["preflight", "runbook", "users-and-teams", "why"].map((name) => join("docs", `${name}.md`));
  const pages = ["README.md", ...readdirSync(join(repository, "docs")).map((name) => join("docs", name))];
  const transcript = /```console\n\$ astro-scim (?<words>[^\n]*)\n(?<output>[^]*?)```/g;

  test.each(pages.filter((name) => name.endsWith(".md") && !served.includes(name)))("in %s", async (page) => {
    const text = readFileSync(join(repository, page), "utf8");
    const outside = text.replaceAll(transcript, "");
    expect(outside).not.toMatch(/^\s*(?:Next:|Then, in another terminal,) /m);
    for (const { groups } of text.matchAll(transcript)) {
      const shown = recommendedIn(groups?.["output"] ?? "");
      if (shown.next === undefined) continue;
      const { stdout } = await runCommand((groups?.["words"] ?? "").split(" "));
      expect(recommendedIn(stdout)).toEqual(shown);
      expect([0, 2]).toContain((await followNext(stdout, { cwd: repository, env: {} })).status);
    }
  });
});
