/** `users` and `teams` keep to the pace that is asked for, and wait where the server says so. */

import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { organizationId } from "../support/company-on-astro.ts";
import { fakeIo } from "../support/fake-io.ts";
import { teamsShape } from "../support/json-shapes.ts";
import { runCommand } from "../support/run-command.ts";
import { scimServerWith, type Arrived, type Reply } from "../support/scim-server-with.ts";
import { tempFolder } from "../support/temp-folder.ts";

const teams = Array.from({ length: 30 }, (_, number) => ({
  id: `team-${number}`,
  name: `Team ${number}`,
  organizationId,
  organizationRole: "ORGANIZATION_MEMBER",
  isIdpManaged: true,
  createdAt: "2025-11-22T04:37:12Z",
  updatedAt: "2025-11-22T04:37:12Z",
}));

function page({ query }: Arrived): Reply {
  const offset = Number(query.get("offset"));
  return {
    status: 200,
    json: { teams: teams.slice(offset, offset + 10), limit: 10, offset, totalCount: teams.length },
  };
}

async function url(reply: (request: Arrived) => Reply): Promise<string> {
  const server = await scimServerWith(reply, "");
  onTestFinished(() => server.close());
  return `${server.target}/scim/v2/${organizationId}`;
}

const names = (stdout: string) => teamsShape.parse(JSON.parse(stdout)).teams.map(({ name }) => name);

describe("teams", () => {
  test("a rate of one request a second spaces the pages of IAM", async () => {
    const cwd = await tempFolder({
      "config/astro-scim/astro-scim.yaml": `profiles: { slow: { url: "${await url(page)}", rate: 1 } }`,
    });
    const io = fakeIo({ cwd, env: { XDG_CONFIG_HOME: join(cwd, "config"), ASTRO_SCIM_TOKEN: "t" } });
    const { stdout } = await runCommand(["teams", "--json", "--profile", "slow"], { io });
    expect(names(stdout).length).toBe(teams.length);
    expect(io.waits.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThanOrEqual(3000);
  });

  test.each([
    ["429, as long as it asks for", 429, { "retry-after": "7" }, 7000],
    ["a failure of the server, a while", 500, {}, 1],
  ])("%s is waited for, and the list is complete", async (_what, status, headers, leastMs) => {
    let refused = false;
    const target = await url((request) => {
      if (refused || request.query.get("offset") !== "10") return page(request);
      refused = true;
      return { status, headers, json: { message: "not now", requestId: "clz9x", statusCode: status } };
    });
    const io = fakeIo();
    const { stdout } = await runCommand(["teams", "--json", "--url", target, "--token", "t"], { io });
    expect(names(stdout).length).toBe(teams.length);
    expect(Math.max(...io.waits)).toBeGreaterThanOrEqual(leastMs);
  });
});
