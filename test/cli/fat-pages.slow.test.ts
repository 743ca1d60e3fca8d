/** A server whose users carry megabytes that nobody asked for: a reading holds what it needs of each page, not the pages. */

import { fileURLToPath } from "node:url";

import { expect, onTestFinished, test } from "vitest";
import { longEnoughMs } from "../support/long-enough.ts";
import { startHttp } from "../support/loopback-server.ts";
import { runProgram } from "../support/run-program.ts";

const repository = fileURLToPath(new URL("../../", import.meta.url));
const pages = 22;
const junk = "j".repeat(20 * 1024 * 1024);

test("22 pages of 20 MiB are read in a heap of 200 MB", async () => {
  const server = await startHttp((request, response) => {
    const start = Number(new URL(request.url ?? "", "http://host").searchParams.get("startIndex"));
    const isUser = request.url?.includes("/Users") === true && start <= pages;
    const user = { id: `${start}`, userName: `user.${start}@example.com`, junk };
    response.end(JSON.stringify({ totalResults: isUser ? pages : 0, Resources: isUser ? [user] : [] }));
  });
  onTestFinished(server.close);
  const target = ["--url", `${server.url}/scim/v2`, "--token", "abcdef", "--timeout", "600"];
  const argv = ["--max-old-space-size=200", "bin/astro-scim.js", "diff", "fixtures/okta-small.yaml", "-v"];
  const { status, stdout } = await runProgram(process.execPath, [...argv, ...target], {
    cwd: repository,
    timeoutMs: longEnoughMs,
  });
  expect(stdout).toContain("user.22@example.com");
  expect(status).toBe(2);
});
