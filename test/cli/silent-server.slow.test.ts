/** A server that takes connections and answers nothing: each command ends, after as long as --timeout says. */

import { expect, onTestFinished, test } from "vitest";
import { startHttp } from "../support/loopback-server.ts";
import { runCommand } from "../support/run-command.ts";

const fixture = "fixtures/okta-small.yaml";

test.each<readonly [command: string, argv: readonly string[]]>([
  ["simulate okta", ["simulate", "okta", fixture]],
  ["diff", ["diff", fixture]],
  ["push-group", ["push-group", "--all", "--yes", "--from", fixture]],
  ["resync", ["resync", "--all", "--yes", "--from", fixture]],
  ["delete", ["delete", "--all", "--yes", "--from", fixture]],
])("%s", async (_command, argv) => {
  const server = await startHttp(() => {});
  onTestFinished(server.close);
  const target = ["--url", `${server.url}/scim/v2`, "--token", "silent-server-token", "--timeout", "1"];
  const { status, stdout, stderr } = await runCommand([...argv, ...target]);
  expect(stderr).toMatch(/^Error: .*did not answer within 1 s\..*\n.*\n$/m);
  expect(stderr).not.toContain("silent-server-token");
  expect({ status, stdout }).toEqual({ status: 3, stdout: "" });
});
