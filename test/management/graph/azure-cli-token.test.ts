/** The access token of the Azure CLI's user. */

import { expect, test } from "vitest";
import {
  azureCliToken,
  type AzureCliEnd,
  type AzureCliTokenOptions,
} from "../../../src/management/graph/azure-cli-token.ts";

const request = { method: "GET", url: "https://graph.microsoft.com/v1.0/users" };
const start = Date.parse("2026-11-30T08:00:00Z");

const wrote = (stdout: unknown): AzureCliEnd => ({
  kind: "exited",
  status: 0,
  stdout: typeof stdout === "string" ? stdout : JSON.stringify(stdout),
  stderr: "",
});

function options(ends: readonly AzureCliEnd[]): AzureCliTokenOptions & {
  readonly asked: (readonly string[])[];
  readonly secrets: string[];
  readonly pass: (minutes: number) => void;
} {
  const asked: (readonly string[])[] = [];
  const secrets: string[] = [];
  let nowMs = start;
  return {
    run: async (args) => {
      const end = ends[asked.push(args) - 1];
      if (end === undefined) throw new Error("asked once too often");
      return end;
    },
    resource: "https://graph.microsoft.com",
    tenant: "contoso.example",
    now: () => new Date(nowMs),
    onSecret: (secret) => secrets.push(secret),
    asked,
    secrets,
    pass: (minutes) => {
      nowMs += minutes * 60_000;
    },
  };
}

const inAnHour = start / 1000 + 3600;

test("is asked for once, hidden, and sent with each request until it expires", async () => {
  const cli = options([wrote({ accessToken: "one", expires_on: inAnHour }), wrote({ accessToken: "two" })]);
  const authorizer = azureCliToken(cli);
  const both = await Promise.all([authorizer.headersFor(request), authorizer.headersFor(request)]);
  expect(both).toEqual([{ Authorization: "Bearer one" }, { Authorization: "Bearer one" }]);
  cli.pass(54);
  expect(await authorizer.headersFor(request)).toEqual({ Authorization: "Bearer one" });
  cli.pass(1);
  expect(await authorizer.headersFor(request)).toEqual({ Authorization: "Bearer two" });
  expect([cli.secrets, authorizer.secrets()]).toEqual([
    ["one", "two"],
    ["one", "two"],
  ]);
  expect(cli.asked[0]).toEqual(
    "account get-access-token --resource https://graph.microsoft.com --tenant contoso.example --output json".split(
      " ",
    ),
  );
});

test("may say when it expires as older versions do", async () => {
  const local = new Date(start + 3_600_000);
  const pad = (part: number): string => String(part).padStart(2, "0");
  const expiresOn = `${local.getFullYear()}-${pad(local.getMonth() + 1)}-${pad(local.getDate())} ${pad(local.getHours())}:${pad(local.getMinutes())}:00.000000`;
  const cli = options([wrote({ accessToken: "one", expiresOn })]);
  const authorizer = azureCliToken(cli);
  await authorizer.headersFor(request);
  cli.pass(54);
  expect(await authorizer.headersFor(request)).toEqual({ Authorization: "Bearer one" });
});

test.each<[string, AzureCliEnd, string, RegExp]>([
  ["az is not installed", { kind: "not-found" }, "usage", /not installed/],
  [
    "nobody is signed in",
    { kind: "exited", status: 1, stdout: "", stderr: "\nERROR: Please run 'az login' to setup account.\n" },
    "unauthorized",
    /no token: Please run 'az login' to setup account\.$/,
  ],
  [
    "az fails without a word",
    { kind: "exited", status: 2, stdout: "", stderr: "" },
    "unauthorized",
    /status 2/,
  ],
  [
    "az takes too long",
    { kind: "failed", why: "it took longer than 60 seconds" },
    "unauthorized",
    /60 seconds/,
  ],
  ["az writes no JSON", wrote("Welcome"), "unauthorized", /something else than a token/],
  ["az writes no token", wrote({ accessToken: "" }), "unauthorized", /something else than a token/],
])("%s", async (_, end, code, message) => {
  await expect(azureCliToken(options([end])).headersFor(request)).rejects.toMatchObject({
    code,
    message: expect.stringMatching(message) as string,
  });
});
