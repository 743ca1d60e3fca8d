/** What is sent to Microsoft Graph is held to its published description, where that is beside the project. */

import { expect, test } from "vitest";
import {
  attribute,
  documentedUserRows,
  group,
  jobSchema,
  row,
  smallTenant,
} from "../../support/entra-tenant.ts";
import { planResync } from "../../../src/drift/plan/plan-resync.ts";
import { aDirectory, aGroup, anEntraUser } from "../../support/builders.ts";
import { readGraphContract, withoutGraphContract } from "../../support/graph-contract.ts";
import { requestComplaints } from "../../support/graph-request-complaints.ts";
import { tryToRead } from "../../support/read-tenant.ts";
import { throughEntra } from "../../support/through-entra.ts";

const contract = readGraphContract();

const manager = row(
  "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager",
  attribute("manager"),
);

test.for([
  ["assigned users and groups", {}, {}],
  ["everybody", {}, { scope: "all" }],
  ["an application by its id", {}, { app: "11111111-0000-4000-8000-000000000001" }],
  ["managers", { schema: jobSchema({ userRows: [...documentedUserRows, manager] }) }, {}],
] as const)("a read of %s sends what is described", async ([, change, options], { skip }) => {
  if (contract === undefined) return skip(withoutGraphContract);
  const groups = [group("data-platform", ["ada", "group-inner"]), group("inner", ["grace", "paul"])];
  const { requests, outcome } = await tryToRead(smallTenant({ groups, ...change }), options);
  expect(outcome).not.toBeInstanceOf(Error);
  expect(requests.length).toBeGreaterThan(10);
  expect(requests.flatMap((request) => requestComplaints(contract, request))).toEqual([]);
  return undefined;
});

test("nothing but GET is sent", async () => {
  const { requests } = await tryToRead(smallTenant());
  expect(new Set(requests.map(({ method }) => method))).toEqual(new Set(["GET"]));
});

test.for([
  ["on demand", false],
  ["by a restart", true],
] as const)(
  "a repair through Entra ID %s sends what is described, links apart",
  async ([, restartsJob], { skip }) => {
    if (contract === undefined) return skip(withoutGraphContract);
    const directory = aDirectory({
      users: [anEntraUser("ada@example.com")],
      groups: [aGroup("data", ["ada@example.com"])],
      assignedGroups: ["data"],
      pushedGroups: [],
    });
    const entra = await throughEntra({ directory, startsPaused: true, restartsJob });
    await entra.apply(await entra.plan((drift) => planResync(drift, { users: "all", teams: "all" })));
    const sent = entra.graph.emulator.requests().filter(({ method, path }) => {
      return path.startsWith("/v1.0/") && (method === "POST" || path.includes("/synchronization/"));
    });
    const requests = sent.map(({ method, path }) => ({
      method,
      path: path.replace("/v1.0", ""),
      headers: {},
    }));
    expect(requests.some(({ method }) => method === "POST")).toBe(true);
    expect(requests.flatMap((request) => requestComplaints(contract, request))).toEqual([]);
    return undefined;
  },
);
