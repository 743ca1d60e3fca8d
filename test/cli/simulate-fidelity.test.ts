/** `simulate okta --fidelity NAME=VALUE` and `--max-wait SECONDS`, over real HTTP. */

import { describe, expect, onTestFinished, test } from "vitest";
import { startServer } from "../../src/server/start.ts";
import { fakeIo } from "../support/fake-io.ts";
import { runCommand, type CommandResult } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";

const fixture = `
idp: okta
app: { integration: catalog }
fidelity: { emailType: work }
users:
  - { email: ada@example.com, firstName: Ada }
  - { email: grace@example.com, firstName: Grace }
groups: [{ name: data, push: true, members: [ada@example.com, grace@example.com] }]
timeline:
  - name: a new name
    do: [{ update: { user: ada@example.com, set: { firstName: Augusta } } }]
`;

async function simulate(...words: readonly string[]): Promise<CommandResult> {
  const cwd = await tempFolder({ "own.yaml": fixture });
  return runCommand(["simulate", "okta", "own.yaml", ...words], { cwd });
}

/** `PUT /Users/…`, one for each request but reads, ids aside. */
async function writes(...words: readonly string[]): Promise<readonly string[]> {
  const { stdout, stderr } = await simulate("--json", "--verbose", ...words);
  expect(JSON.parse(stdout)).toMatchObject({ status: "ok" });
  return [...stderr.matchAll(/^ {2}((?:POST|PUT|PATCH|DELETE) \/\w+)/gm)].map(([, line = ""]) => line);
}

const first = ["POST /Users", "POST /Users", "POST /Groups", "PATCH /Groups", "PATCH /Groups"];

describe("--fidelity", () => {
  test.each<readonly [words: readonly string[], last: readonly string[]]>([
    [[], ["PUT /Users"]],
    [["--fidelity", "profileUpdate=patch"], ["PATCH /Users"]],
    [["--integration", "wizard"], ["PATCH /Users"]],
    [["--integration", "wizard", "--fidelity", "profileUpdate=put"], ["PUT /Users"]],
    [["--fidelity", "profileUpdate=patch", "--fidelity", "profileUpdate=put"], ["PUT /Users"]],
  ])("%j: a changed profile is %j", async (words, last) => {
    expect(await writes(...words)).toEqual([...first, ...last]);
  });

  test.each<readonly [words: readonly string[], type: string | undefined]>([
    [[], "work"],
    [["--fidelity", "emailType=none"], undefined],
  ])("counts more than the fixture, of which the rest stays: %j", async (words, type) => {
    const astro = await startServer({ token: "t0ken" });
    onTestFinished(() => astro.close());
    await simulate(...words, "--url", astro.url, "--token", "t0ken");
    expect(JSON.stringify(await bodiesOf(astro.url, "t0ken"))).toContain(
      type === undefined ? '"emails":[{"primary":true,"value":"ada@example.com"}]' : `"type":"${type}"`,
    );
  });

  test("several users at a time are told in their order, and end as one at a time does", async () => {
    const [one, four] = [
      await simulate("--fidelity", "parallelUsers=1"),
      await simulate("--fidelity", "parallelUsers=4", "--fidelity", "parallelGroups=4"),
    ];
    const order = ({ stdout }: CommandResult) =>
      [...stdout.matchAll(/\b(?:ada@|grace@|data)\S*/g)].map(String);
    expect(four.status).toBe(0);
    expect(order(four)).toEqual(order(one));
  });

  test.each([
    ["profileUpdat=put", 'Error: There is no fidelity switch "profileUpdat".\nDid you mean profileUpdate?\n'],
    [
      "profileUpdate=patches",
      'Error: The fidelity switch profileUpdate cannot be "patches".\n' +
        "Did you mean patch? It must be one of integration, put, patch.\n",
    ],
    [
      "profileUpdate",
      'Error: --fidelity takes NAME=VALUE, not "profileUpdate".\nExample: --fidelity rateLimitAttempts=11\n',
    ],
    [
      "entraMembersPerPatch=5",
      "Error: The fidelity switch entraMembersPerPatch is about Microsoft Entra ID.\n" +
        "docs/fidelity.md lists the switches of each provider.\n",
    ],
  ])("%s is wrong usage", async (text, stderr) => {
    expect(await simulate("--fidelity", text)).toEqual({ status: 64, stdout: "", stderr });
  });
});

describe("--max-wait", () => {
  const limited = async (words: readonly string[]) => {
    const faults = [{ status: 429, retryAfter: 120, method: "POST", path: "/Users", times: 1 }] as const;
    const astro = await startServer({ token: "t0ken", faults });
    onTestFinished(() => astro.close());
    const cwd = await tempFolder({ "own.yaml": fixture });
    const io = fakeIo({ cwd });
    const target = ["--url", astro.url, "--token", "t0ken"];
    const { status, stdout } = await runCommand(["simulate", "okta", "own.yaml", ...words, ...target], {
      io,
    });
    return { status, stdout, waited: io.waits };
  };

  test("a Retry-After of a real server is waited for", async () => {
    expect(await limited([])).toMatchObject({ status: 0, waited: [120_000] });
    expect(await limited(["--max-wait", "120"])).toMatchObject({ status: 0, waited: [120_000] });
  });

  test("beyond it the job fails, and the report says so", async () => {
    const { status, stdout, waited } = await limited(["--max-wait", "119"]);
    expect({ status, waited }).toEqual({ status: 1, waited: [] });
    expect(stdout).toContain("The server asked to wait 2 min, and this run waits 1 min 59 s at most");
  });

  test("without a target every wait is simulated", async () => {
    const faults = "{ status: 429, retryAfter: 120, method: POST, path: /Users, times: 1 }";
    const cwd = await tempFolder({ "own.yaml": `${fixture}astro: { faults: [${faults}] }\n` });
    const io = fakeIo({ cwd });
    const { status } = await runCommand(["simulate", "okta", "own.yaml", "--max-wait", "1"], { io });
    expect({ status, waited: io.waits }).toEqual({ status: 0, waited: [] });
  });
});

async function bodiesOf(url: string, token: string): Promise<unknown> {
  const answer = await fetch(`${url}/Users`, { headers: { authorization: `Bearer ${token}` } });
  return answer.json();
}

test("a group whose members are sent in several requests at once is counted as one group", async () => {
  const cwd = await tempFolder({
    "two.yaml": `idp: entra
users: [{ mail: ada@example.com }, { mail: grace@example.com }]
groups: [{ name: data, assign: true, members: [ada@example.com, grace@example.com] }]
`,
  });
  const { status, stdout } = await runCommand(
    ["simulate", "entra", "two.yaml", "--fidelity", "entraParallelMembers=2"],
    { cwd },
  );
  expect(status).toBe(0);
  expect(stdout).toContain("  ✓ memberships of 1 group: 1 updated\n");
});
