/** Options of the library's functions: what a program in JavaScript gets wrong is named. */

import { describe, expect, onTestFinished, test } from "vitest";
import { AppError, diff, simulate, startServer } from "../../src/index.ts";
import { tempFolder } from "../support/temp-folder.ts";

const fixture = "fixtures/okta-small.yaml";

const circular: Record<string, unknown> = {};
circular["users"] = [circular];

/** As a program calls a function whose types it does not see. */
async function refusal(run: (options: never) => Promise<unknown>, options: unknown): Promise<unknown> {
  const error = await run(options as never).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(AppError);
  const { code, message, hint } = error as AppError;
  return [code, message, hint];
}

describe("what is wrong is a usage error", () => {
  test.each<readonly [run: (options: never) => Promise<unknown>, options: unknown, message: string]>([
    [simulate, undefined, "simulate() takes one object with its options."],
    [startServer, [], "startServer() takes one object with its options."],
    [simulate, {}, 'simulate() needs the option "fixture": the path of a YAML fixture.'],
    [diff, { at: "end" }, 'diff() needs the option "fixture": the path of a YAML fixture.'],
    [simulate, { fixture: 5 }, 'The option "fixture" of simulate() must be the path of a YAML fixture.'],
    [diff, { fixture, at: 0 }, 'The option "at" of diff() must be the name or the number of a step.'],
    [diff, { fixture, at: true }, 'The option "at" of diff() must be the name or the number of a step.'],
    [simulate, { fixture, signal: 3 }, 'The option "signal" of simulate() must be an AbortSignal.'],
    [simulate, { fixture, onEvent: "log" }, 'The option "onEvent" of simulate() must be a function.'],
    [
      simulate,
      { fixture, maxWaitSeconds: -1 },
      'The option "maxWaitSeconds" of simulate() must be a whole number, at least 0.',
    ],
    [
      diff,
      { fixture, target: { url: "http://127.0.0.1:1" } },
      'diff() needs the option "target.token": a string.',
    ],
    [
      startServer,
      { port: "8888" },
      'The option "port" of startServer() must be a whole number from 0 to 65535.',
    ],
    [
      startServer,
      { port: 65_536 },
      'The option "port" of startServer() must be a whole number from 0 to 65535.',
    ],
    [startServer, { seed: circular }, "The seed is nested too deeply, or refers to itself."],
    [startServer, { faults: "status=500" }, 'The option "faults" of startServer() must be a list.'],
    [
      startServer,
      { limits: { maxBodyBytes: "1" } },
      'The option "limits.maxBodyBytes" of startServer() must be a whole number, at least 0.',
    ],
  ])("$2", async (run, options, message) => {
    expect(await refusal(run, options)).toEqual(["usage", message, undefined]);
  });
});

test.each<
  readonly [run: (options: never) => Promise<unknown>, options: object, name: string, nearest: string]
>([
  [simulate, { fixtrue: fixture }, "fixtrue", "fixture"],
  [simulate, { fixture, onEvnt: () => {} }, "onEvnt", "onEvent"],
  [diff, { fixture, sate: "memory.json" }, "sate", "state"],
  [startServer, { prot: 1 }, "prot", "port"],
  [startServer, { behavior: {} }, "behavior", "behaviour"],
  [startServer, { limits: { maxBodyByte: 1 } }, "limits.maxBodyByte", "maxBodyBytes"],
])(
  "an unknown option is refused by name, with the nearest one: %s %j",
  async (run, options, name, nearest) => {
    const message = `${run.name}() has no option "${name}".`;
    expect(await refusal(run, options)).toEqual(["usage", message, `Did you mean "${nearest}"?`]);
  },
);

test("an option that resembles none is refused with all there are", async () => {
  const hint = "Known options: fixture, target, responsibleFor, signal, at, state, api.";
  expect(await refusal(diff, { fixture, colour: "red" })).toEqual([
    "usage",
    'diff() has no option "colour".',
    hint,
  ]);
});

describe("a message speaks of options, not of the command's flags", () => {
  const url = "http://127.0.0.1:1";
  test.each<readonly [run: (options: never) => Promise<unknown>, options: object, message: string]>([
    [
      simulate,
      { fixture, target: { url: "x", token: "t" } },
      "The URL of target is not an http or https URL.",
    ],
    [diff, { fixture, target: { url, token: "a b" } }, "The token from target contains a space."],
    [diff, { fixture, state: "memory.json" }, "The option state needs target."],
  ])("%# %s %j", async (run, options, message) => {
    const [code, told, hint] = (await refusal(run, options)) as readonly unknown[];
    expect([code, told]).toEqual(["usage", message]);
    expect(String(hint)).not.toContain("--");
  });
});

test("faults that are no list are a usage error", async () => {
  const server = await startServer();
  onTestFinished(() => server.close());
  expect(() => server.faults.set("status=500" as never)).toThrow("Faults are a list");
});

test("options that are undefined, or inherited, count as a program means them", async () => {
  const options = Object.create({ fixture }) as { fixture: string };
  expect((await diff(Object.assign(options, { at: undefined }) as never)).compared.heldUsers).toBe(2);
});

describe("simulate has the status and the exit status of the command", () => {
  test("ok ends with 0", async () => {
    expect(await simulate({ fixture })).toMatchObject({ status: "ok", exitStatus: 0 });
  });

  test("an interrupted rehearsal ends with 130", async () => {
    const signal = AbortSignal.abort();
    expect(await simulate({ fixture, signal })).toMatchObject({ status: "interrupted", exitStatus: 130 });
  });

  test("an expectation that is not met ends with 1", async () => {
    const folder = await tempFolder({
      "unmet.yaml": `idp: okta
users:
  - { email: ada@example.com, firstName: Ada, lastName: Lovelace }
timeline:
  - name: Ada leaves
    do: [{ deactivate: ada@example.com }]
    expect: { users: { ada@example.com: { active: true } } }
`,
    });
    const result = await simulate({ fixture: `${folder}/unmet.yaml` });
    expect(result).toMatchObject({ status: "failed", exitStatus: 1 });
  });

  test("a server that can't be read back ends with 3", async () => {
    const server = await startServer();
    onTestFinished(() => server.close());
    const target = { url: server.url, token: server.token };
    const result = await simulate({
      fixture,
      target,
      onEvent: (event) => {
        if (event.kind === "step-finished" && event.number === 2)
          server.faults.set(["status=403,method=GET"]);
      },
    });
    expect(result).toMatchObject({
      status: "unknown",
      exitStatus: 3,
      comparison: { kind: "not-compared" },
    });
  });
});

describe("a seed has the keys of a fixture's astro part", () => {
  test("an e-mail address is enough for an account, and names it in a Team", async () => {
    const server = await startServer({
      seed: {
        users: [{ email: "ada@example.com" }, { email: "root@example.com", role: "ORGANIZATION_OWNER" }],
        teams: [{ name: "data", members: ["ada@example.com"] }, { name: "empty" }],
        faults: [{ status: 503, method: "DELETE" }],
        behaviour: { lastOwner: "allow" },
      },
    });
    onTestFinished(() => server.close());
    const { users, teams } = await server.state();
    expect(users.map(({ userName, active, role }) => [userName, active, role])).toEqual([
      ["ada@example.com", true, "ORGANIZATION_MEMBER"],
      ["root@example.com", true, "ORGANIZATION_OWNER"],
    ]);
    expect(teams.map(({ name, members }) => [name, members])).toEqual([
      ["data", ["ada@example.com"]],
      ["empty", []],
    ]);
    expect(server.faults.list()).toHaveLength(1);
  });

  test.each<readonly [seed: object, message: string, hint: string | undefined]>([
    [{ usrs: [] }, 'seed.usrs: Unknown key "usrs".', 'Did you mean "users"?'],
    [
      { users: [{ emial: "ada@example.com" }] },
      'seed.users[0].emial: Unknown key "emial".',
      'Did you mean "email"?',
    ],
    [
      { users: [{ email: "ada" }] },
      'seed.users[0].email: "email" is not an e-mail address: "ada".',
      undefined,
    ],
    [
      { teams: [{ name: "data", members: ["ada@example.com"] }] },
      'seed.teams[0].members[0]: There is no account "ada@example.com" under seed.users.',
      "Members of a Team are accounts listed under seed.users.",
    ],
    [
      { users: [{ email: "a@example.com" }, { email: "A@example.com" }] },
      'seed.users[1].email: Astro cannot have two accounts "A@example.com"; case is ignored.',
      undefined,
    ],
  ])("%j", async (seed, message, hint) => {
    expect(await refusal(startServer, { seed })).toEqual(["usage", message, hint]);
  });
});
