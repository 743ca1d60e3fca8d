/** Our client of the IAM API is held to the published v1 description, where that is beside the project. */

import { describe, expect, test } from "vitest";
import * as z from "zod";
import { memberSchema, teamSchema, userSchema, userTeamSchema } from "../../../src/astro/iam/schemas.ts";
import {
  contractExchange,
  readAstroContract,
  readAstroDescription,
  withoutContract,
} from "../../support/astro-contract.ts";
import { startCompany } from "../../support/company-on-astro.ts";

const contract = readAstroContract();
const description = readAstroDescription();

describe("requests", () => {
  test.for([
    ["users"],
    ["users", "--team", "analysts"],
    ["users", "show", "ada@example.com"],
    ["users", "show", "clm9sq6s0000008kz7uvl7yz7"],
    ["teams"],
    ["teams", "show", "analysts"],
    ["teams", "show", "clm9sq6s0000008kz7uvl7yz7"],
    ["api", "GET", "/users", "--paginate"],
    ["api", "GET", "/organizations"],
    ["api", "GET", "/users/self"],
  ])("%j sends what is described", async (words, { skip }) => {
    if (contract === undefined) return skip(withoutContract);
    const { server, run } = await startCompany({ keepRequests: 1000 });
    const before = server.requests().length;
    await run(words);
    const sent = server.requests().slice(before).map(contractExchange);
    expect(sent.length).toBeGreaterThan(0);
    expect(sent.flatMap((exchange) => contract.requestComplaints(exchange))).toEqual([]);
    return undefined;
  });
});

describe("answers", () => {
  test.each([
    ["User", userSchema],
    ["Team", teamSchema],
    ["UserTeamMembership", userTeamSchema],
    ["TeamMember", memberSchema],
  ])("nothing of a %s is required that the description does not require", (name, schema) => {
    const required = z.toJSONSchema(schema, { io: "input" }).required ?? [];
    const described = description?.components.schemas[name]?.["required"] ?? required;
    expect(required.length).toBeGreaterThan(1);
    expect(described).toEqual(expect.arrayContaining(required));
  });
});
