/** `--from okta` against an emulated Okta whose provisioning has filled a local Astro. */

import { describe, expect, test } from "vitest";
import { readFixture } from "../../../src/fixture/read.ts";
import { oktaToken, startEmulatedOkta } from "../../support/emulated-okta.ts";
import { runCommand } from "../../support/run-command.ts";

const company = readFixture(
  "company.yaml",
  `idp: okta
users:
  - { email: ada@example.com, firstName: Ada, lastName: Lovelace }
  - { email: grace@example.com, firstName: Grace, lastName: Hopper }
groups:
  - { name: data-platform, members: [ada@example.com, grace@example.com], push: true }
`,
);

async function started() {
  const okta = await startEmulatedOkta({ directory: company.start, app: company.app });
  await okta.company.settled();
  const env = { OKTA_CLIENT_TOKEN: oktaToken, ASTRO_SCIM_TOKEN: okta.astro.token };
  const source = ["--from", "okta", "--okta-url", okta.okta.url, "--okta-app", "Astro"];
  return { ...okta, env, source, target: ["--url", okta.astro.url] };
}

describe("diff --from okta", () => {
  test("finds nothing after provisioning", async () => {
    const { env, source, target } = await started();
    const { status, stdout, stderr } = await runCommand(["diff", ...source, ...target], { env });
    expect({ status, stdout, stderr }).toMatchObject({ status: 0 });
  });
});
