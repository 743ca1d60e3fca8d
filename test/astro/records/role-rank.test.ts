/** Which role is above which: Astro docs, User permissions reference; what is not documented there is Inferred or left open. */

import { describe, expect, test } from "vitest";
import { defaultRoleNames, outranks } from "../../../src/astro/records/role-rank.ts";

describe("outranks", () => {
  test.each([
    ["ORGANIZATION_OWNER", "ORGANIZATION_BILLING_ADMIN"],
    ["ORGANIZATION_OWNER", "ORGANIZATION_MEMBER"],
    ["ORGANIZATION_BILLING_ADMIN", "ORGANIZATION_MEMBER"],
    ["ORGANIZATION_OWNER", "ORGANIZATION_OBSERVE_MEMBER"],
    ["ORGANIZATION_OBSERVE_ADMIN", "ORGANIZATION_OBSERVE_MEMBER"],
    ["WORKSPACE_OWNER", "WORKSPACE_OPERATOR"],
    ["WORKSPACE_OPERATOR", "WORKSPACE_AUTHOR"],
    ["WORKSPACE_AUTHOR", "WORKSPACE_MEMBER"],
    ["WORKSPACE_MEMBER", "WORKSPACE_ACCESSOR"],
    ["WORKSPACE_OWNER", "WORKSPACE_ACCESSOR"],
    ["DEPLOYMENT_ADMIN", "DEPLOYMENT_ACCESSOR"],
    ["DAG_AUTHOR", "DAG_VIEWER"],
  ])("%s is above %s, and not the other way round", (role, other) => {
    expect([outranks(role, other), outranks(other, role)]).toEqual([true, false]);
  });

  test.each([
    ["ORGANIZATION_OBSERVE_ADMIN", "ORGANIZATION_BILLING_ADMIN"],
    ["ORGANIZATION_OBSERVE_MEMBER", "ORGANIZATION_MEMBER"],
    ["custom", "DEPLOYMENT_ACCESSOR"],
    ["WORKSPACE_OWNER", "ORGANIZATION_MEMBER"],
  ])("%s and %s: neither", (role, other) => {
    expect([outranks(role, other), outranks(other, role)]).toEqual([false, false]);
  });

  test("no role is above itself", () => {
    expect(defaultRoleNames.filter((role) => outranks(role, role))).toEqual([]);
  });
});
