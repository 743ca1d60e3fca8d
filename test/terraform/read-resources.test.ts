/** What a plan cannot know yet: the output of `terraform show -json` for a plan, read as what Terraform owns. */

import { expect, test } from "vitest";
import { readTerraformResources } from "../../src/terraform/read-resources.ts";

const address = 'module.teams["eu"].astro_team.data[0]';

function inModules(values: object | undefined): object {
  const resource = {
    address,
    mode: "managed",
    type: "astro_team",
    provider_name: "registry.terraform.io/astronomer/astro",
    values,
  };
  const resources = values === undefined ? [] : [resource];
  return { root_module: { child_modules: [{ address: 'module.teams["eu"]', resources }] } };
}

function planned(before: object | undefined, after: object | undefined, unknown: object): string {
  return JSON.stringify({
    format_version: "1.2",
    prior_state: { values: inModules(before) },
    planned_values: inModules(after),
    resource_changes: [{ address, change: { actions: ["update"], after_unknown: unknown } }],
  });
}

test.each<readonly [what: string, plan: string, owns: object]>([
  [
    "members that are known only after an apply are owned, as they were before",
    planned({ id: "t1", name: "data", member_ids: ["u1"] }, { id: "t1", name: "data" }, { member_ids: true }),
    { id: "t1", memberIds: ["u1"] },
  ],
  [
    "members of a new Team that are known only after an apply are owned, too",
    planned(undefined, { name: "data" }, { id: true, member_ids: true }),
    { id: undefined, memberIds: [] },
  ],
  [
    "a Team that is replaced is the one of before",
    planned({ id: "t1", name: "data" }, { name: "data 2" }, { id: true }),
    { id: "t1", name: "data 2", memberIds: undefined },
  ],
  [
    "a Team that the plan destroys is owned until then",
    planned({ id: "t1", name: "data" }, undefined, {}),
    { id: "t1", name: "data" },
  ],
  [
    "members that the plan leaves out are owned until then",
    planned({ id: "t1", name: "data", member_ids: ["u1"] }, { id: "t1", name: "data" }, {}),
    { id: "t1", memberIds: ["u1"] },
  ],
])("%s", (_what, plan, owns) => {
  expect(readTerraformResources(plan, "plan.json")).toEqual([
    expect.objectContaining({ type: "astro_team", address, ...owns }),
  ]);
});
