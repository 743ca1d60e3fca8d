/** Every answer of every switch about Okta changes what it sends, when, or what comes of it: docs/fidelity.md promises nothing idle. */

import { expect, test } from "vitest";
import type { Action } from "../../../src/directory/action.ts";
import { documentedOktaSettings, oktaIntegrations } from "../../../src/directory/app-settings.ts";
import type { OktaIntegration } from "../../../src/directory/app-settings.ts";
import { resolveOktaFidelity } from "../../../src/fidelity/resolve.ts";
import { oktaFidelityTable } from "../../../src/fidelity/table.ts";
import { simulatedClock } from "../../../src/idp/run/clock.ts";
import { testOktaCredentials } from "../../../src/idp/okta/engine.ts";
import type { Send, WireAnswer, WireRequest } from "../../../src/wire/exchange.ts";
import { aDirectory, aGroup, aUser } from "../../support/builders.ts";
import { json, list, text } from "../../support/conversation.ts";
import { outcomes, rehearse } from "../../support/okta-rehearsal.ts";
import { tinyScim } from "../../support/tiny-scim.ts";

const ada = "ada@example.com";
const grace = "grace@example.com";
const alan = "alan@example.com";
const mary = "mary@example.com";
const zoe = "zoe@example.com";
const ben = "ben@example.com";
const eve = "eve@example.com";
const tim = "tim@example.com";
const ivy = "ivy@example.com";

const directory = aDirectory({
  users: [
    ...[ada, grace, alan, mary, zoe, ben, eve, tim].map((email) => aUser(email)),
    aUser(ivy, { status: "staged" }),
  ],
  groups: [aGroup("linked", [grace, zoe, ben]), aGroup("new", [zoe, ben]), aGroup("later", [zoe])],
  pushedGroups: ["linked", "new"],
});

const script: readonly Action[] = [
  { kind: "push-now", group: "linked" },
  { kind: "update-user", user: grace, profile: { firstName: "Hopper", lastName: "" } },
  { kind: "unassign-user", user: zoe },
  { kind: "assign-user", user: zoe },
  { kind: "unassign-user", user: zoe },
  { kind: "push-group", group: "later" },
  { kind: "unpush-group", group: "new", deleteTeam: true },
  { kind: "push-now", group: "linked" },
  { kind: "import", match: "userName", confirmsExact: true, groups: false },
  { kind: "update-user", user: ben, profile: { firstName: "Benjamin" } },
];

/** A server with an inactive account, two for one name, a Team with a member, short pages, and a moment of weakness. */
async function crowdedServer(): Promise<{ readonly send: Send; readonly told: () => readonly string[] }> {
  const server = tinyScim({ endsMemberships: false });
  const post = (path: string, body: WireRequest["body"]) =>
    server.send({ method: "POST", path, headers: {}, ...(body === undefined ? {} : { body }) });
  await post("/Users", { userName: grace, active: false });
  await post("/Users", { userName: "stranger@example.com" });
  await post("/Groups", { displayName: "linked", members: [{ value: "Users-2" }] });
  server.forget();
  const seen: string[] = [];
  const weak = weakness();
  let underWay = 0;
  const send: Send = async (request) => {
    underWay += 1;
    seen.push(`${underWay} ${request.method} ${request.path} ${JSON.stringify(request.body)}`);
    for (let turns = 0; turns < 5; turns += 1) await Promise.resolve();
    underWay -= 1;
    return weak(request) ?? server.send(request);
  };
  return { send, told: () => seen };
}

/** Answers in the place of the server, each but a few times. */
function weakness(): (request: WireRequest) => WireAnswer | undefined {
  const left = { limits: 10, user: 1, creation: 1, update: 2 };
  const take = (what: keyof typeof left, answer: WireAnswer): WireAnswer | undefined => {
    left[what] -= 1;
    return left[what] >= 0 ? answer : undefined;
  };
  return ({ method, path, body }) => {
    if (method === "DELETE") return text(404);
    if (method === "POST" && body?.["displayName"] === "later") return take("creation", text(503));
    if (/^P(?:UT|ATCH)$/.test(method) && path.startsWith("/Groups/")) return take("update", text(503));
    if (path.includes(encodeURIComponent("alan"))) return take("user", text(503));
    if (path.includes("ada")) return take("limits", text(429, "", { "retry-after": "5" }));
    if (/^\/Users\?startIndex=\d+&count=100$/.test(path)) return shortPage(path);
    return habit({ method, path, body });
  };
}

/** Answers that the server always gives: two for one name, an account that stays inactive, a conflict, a body that is no JSON. */
function habit({
  method,
  path,
  body = {},
}: Pick<WireRequest, "method" | "path"> & { body: WireRequest["body"] }): WireAnswer | undefined {
  if (path.includes("mary")) return list({ id: "m1" }, { id: "m2" });
  if (path.includes("eve")) return list({ id: "e1", active: false });
  if (path === "/Users/e1") return json(200, { id: "e1", active: false });
  if (method === "POST" && body["userName"] === `${tim}-login`) return text(409);
  return JSON.stringify(body).includes("Benjamin") ? text(200, "OK") : undefined;
}

function shortPage(path: string): WireAnswer {
  const from = Number(/startIndex=(\d+)/.exec(path)?.[1]);
  const count = Math.max(0, Math.min(50, 130 - from + 1));
  const Resources = Array.from({ length: count }, (_, at) => ({
    id: `p${from + at}`,
    userName: `p${from + at}`,
  }));
  return json(200, { totalResults: 130, startIndex: from, itemsPerPage: count, Resources });
}

/** What is sent, how long is waited, and what comes of it. */
async function trace(
  integration: OktaIntegration,
  choice: Readonly<Record<string, unknown>>,
): Promise<string> {
  const { send, told } = await crowdedServer();
  const fidelity = resolveOktaFidelity(choice);
  const applicationUsername = 'user.login + "-login"';
  const settings = {
    ...documentedOktaSettings,
    applicationUsername,
    integration,
    membersPerPatch: 2,
    importGroups: integration === "manual",
    fidelity,
  };
  const rehearsal = rehearse(directory, send, settings);
  const ended: string[] = [];
  for (const step of [undefined, ...script]) {
    const summary = await (step === undefined ? rehearsal.run() : rehearsal.act(step));
    ended.push(...outcomes(summary));
  }
  const waits = rehearsal.events.flatMap((event) => (event.kind === "waiting" ? [event.seconds] : []));
  const world = {
    send,
    clock: simulatedClock(new Date(0)),
    signal: new AbortController().signal,
    report: () => {},
    randomText: () => "",
  };
  await testOktaCredentials(settings, world);
  return JSON.stringify({ told: told(), ended, waits }, undefined, 1);
}

interface Answer {
  readonly name: string;
  readonly values: readonly (string | number)[];
}

/** Each named answer for itself; of a number the least or the most. */
const others = Object.entries(oktaFidelityTable).flatMap(([name, row]): readonly Answer[] => {
  if (row.kind === "count") return [{ name, values: [row.least, row.most] }];
  const values = Object.keys(row.values).filter((value) => value !== row.default);
  return values.map((value) => ({ name, values: [value] }));
});

const usual = new Map(oktaIntegrations.map((integration) => [integration, trace(integration, {})]));

test.each(oktaIntegrations)("the trace of %s can be repeated", async (integration) => {
  expect(await trace(integration, {})).toBe(await usual.get(integration));
});

test.each(others)("$name: $values", async ({ name, values }) => {
  const tried = values.flatMap((value) => oktaIntegrations.map((integration) => ({ integration, value })));
  let differs = false;
  for (const { integration, value } of tried) {
    differs ||= (await trace(integration, { [name]: value })) !== (await usual.get(integration));
    if (differs) break;
  }
  expect(differs).toBe(true);
});
