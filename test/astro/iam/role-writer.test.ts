import { describe, expect, test } from "vitest";
import { createIamRoleWriter } from "../../../src/astro/iam/role-writer.ts";
import { createIamReader } from "../../../src/astro/iam/reader.ts";
import {
  areAmong,
  arePlainRoles,
  heldRoles,
  showsRoles,
  type HeldRoles,
} from "../../../src/astro/records/held-roles.ts";
import type { RoleHolder } from "../../../src/astro/role-writer.ts";
import type { WriteResult } from "../../../src/astro/writer.ts";
import type { Send, WireAnswer, WireRequest } from "../../../src/wire/exchange.ts";
import { contractExchange, readAstroContract, withoutContract } from "../../support/astro-contract.ts";
import { organizationId, startCompany, workspaces, type Company } from "../../support/company-on-astro.ts";
import { sendTo } from "../../support/send-to.ts";

const deploymentId = "clm8t5u4q000008jq4qoc3038";
const plain: HeldRoles = {
  organizationRole: "ORGANIZATION_MEMBER",
  workspaceRoles: [],
  deploymentRoles: [],
  dagRoles: [],
};
const many: HeldRoles = {
  organizationRole: "ORGANIZATION_BILLING_ADMIN",
  workspaceRoles: [
    { workspaceId: workspaces.etl, role: "WORKSPACE_AUTHOR" },
    { workspaceId: workspaces.ml, role: "WORKSPACE_OWNER" },
  ],
  deploymentRoles: [{ deploymentId, role: "DEPLOYMENT_ADMIN" }],
  dagRoles: [
    { deploymentId, role: "DAG_AUTHOR", dagId: "daily" },
    { deploymentId, role: "DAG_VIEWER", dagTag: "finance" },
  ],
};

async function rolesOf({ server }: Company, { kind, id }: RoleHolder): Promise<HeldRoles | undefined> {
  const root = new URL(server.apiUrl).origin;
  const reader = createIamReader(sendTo(root, server.token), { root, organizationId });
  const found = await (kind === "user" ? reader.user(id) : reader.team(id));
  return found?.roles && heldRoles(found.roles);
}

function writerFor({ server }: Company) {
  return createIamRoleWriter(sendTo(new URL(server.apiUrl).origin, server.token), { organizationId });
}

describe("at the local Astro", () => {
  test.each([
    { kind: "user", name: "grace@example.com" },
    { kind: "team", name: "data-platform" },
  ] as const)(
    "all roles of a $kind are replaced, and read again as they were given",
    async ({ kind, name }) => {
      const company = await startCompany();
      const holder = { kind, id: company.ids.get(name) ?? "" };
      const writer = writerFor(company);
      expect(await writer.setRoles(holder, many)).toEqual({ kind: "written" });
      expect(await rolesOf(company, holder)).toEqual(many);
      expect(await writer.setRoles(holder, plain)).toEqual({ kind: "written" });
      const left = await rolesOf(company, holder);
      expect(left && arePlainRoles(left)).toBe(true);
    },
  );

  test("who is not there is gone, and what Astro refuses is refused in its words", async () => {
    const company = await startCompany();
    const writer = writerFor(company);
    const nobody = { kind: "team", id: "clm9sq6s0000008kz7uvl7yz7" } as const;
    expect(await writer.setRoles(nobody, plain)).toEqual({ kind: "gone" });
    const team = { kind: "team", id: company.ids.get("analysts") ?? "" } as const;
    const unknown = { ...plain, organizationRole: "ORGANIZATION_KING" };
    expect(await writer.setRoles(team, unknown)).toMatchObject({ kind: "refused", status: 400 });
  });

  test("without an Organization role nothing is sent: Astro would remove the user", async () => {
    const sent: WireRequest[] = [];
    const send: Send = async (request) => {
      sent.push(request);
      throw new Error("nothing is to be sent");
    };
    const holder = { kind: "user", id: "clm9sq6s0000008kz7uvl7yz7" } as const;
    const roles = { ...plain, organizationRole: null };
    const result = await createIamRoleWriter(send, { organizationId }).setRoles(holder, roles);
    expect(result).toMatchObject({ kind: "refused" });
    expect(sent).toEqual([]);
  });

  test("the request is as Astro describes it", async ({ skip }) => {
    const contract = readAstroContract();
    if (contract === undefined) return skip(withoutContract);
    const company = await startCompany({ keepRequests: 1000 });
    const before = company.server.requests().length;
    await writerFor(company).setRoles({ kind: "user", id: company.ids.get("grace@example.com") ?? "" }, many);
    await writerFor(company).setRoles({ kind: "team", id: company.ids.get("analysts") ?? "" }, many);
    const sent = company.server.requests().slice(before).map(contractExchange);
    expect(sent).toHaveLength(2);
    expect(sent.flatMap((exchange) => contract.requestComplaints(exchange))).toEqual([]);
    return undefined;
  });
});

describe("what an answer means", () => {
  const problem = { message: "not today", requestId: "r1", statusCode: 400 };
  const answers: readonly { rule: string; status: number; json?: object; expected: WriteResult["kind"] }[] = [
    { rule: "200 is written, with or without a body", status: 200, expected: "written" },
    { rule: "a gateway's 502 tells nothing", status: 502, expected: "no-answer" },
    { rule: "a 404 of another server tells nothing", status: 404, expected: "no-answer" },
    { rule: "a 404 of Astro says that nobody is there", status: 404, json: problem, expected: "gone" },
    { rule: "a 403 of Astro is a refusal", status: 403, json: problem, expected: "refused" },
    { rule: "a 500 is a refusal", status: 500, json: problem, expected: "refused" },
  ];
  test.each(answers)("$rule", async ({ status, json, expected }) => {
    const text = json === undefined ? "" : JSON.stringify(json);
    const answer = { kind: "response", status, headers: {}, text, json } as WireAnswer;
    const writer = createIamRoleWriter(async () => answer, { organizationId });
    expect((await writer.setRoles({ kind: "user", id: "u" }, plain)).kind).toBe(expected);
  });
});

describe("roles compared", () => {
  test("the order in which a server lists them does not count", () => {
    const turned = {
      organizationRole: many.organizationRole ?? undefined,
      workspaceRoles: many.workspaceRoles.toReversed(),
      deploymentRoles: many.deploymentRoles,
      dagRoles: many.dagRoles.toReversed(),
    };
    expect(heldRoles(turned)).toEqual(heldRoles({ ...turned, workspaceRoles: many.workspaceRoles }));
  });

  test("plain membership is among any roles, another Organization role only among the same", () => {
    expect(areAmong(plain, many)).toBe(true);
    expect(areAmong({ ...plain, organizationRole: "ORGANIZATION_OWNER" }, many)).toBe(false);
    expect(areAmong(many, plain)).toBe(false);
  });

  test("what Astro adds by itself is no other role; anything else is", () => {
    const asked = { ...plain, deploymentRoles: many.deploymentRoles };
    const added = { workspaceId: workspaces.etl, role: "WORKSPACE_ACCESSOR" };
    expect(showsRoles({ ...asked, workspaceRoles: [added] }, asked)).toBe(true);
    expect(showsRoles({ ...asked, workspaceRoles: [{ ...added, role: "WORKSPACE_OWNER" }] }, asked)).toBe(
      false,
    );
    expect(showsRoles(plain, asked)).toBe(false);
  });
});
