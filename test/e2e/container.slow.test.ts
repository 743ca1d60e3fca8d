/** The image's files, copied as the Dockerfile copies them, and its first process, run as a container would run it. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, symlink, writeFile } from "node:fs/promises";
import { Agent, get } from "node:http";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";

import { copiedByStage, execForm, readDockerfile, restsOf, type Stage } from "../support/dockerfile.ts";
import { longEnoughMs } from "../support/long-enough.ts";
import { unusedPort } from "../support/loopback-server.ts";
import { mustRun, plainEnvironment, runProgram } from "../support/run-program.ts";
import { scimClient } from "../support/scim-client.ts";
import { tempFolder } from "../support/temp-folder.ts";

const repository = fileURLToPath(new URL("../../", import.meta.url));
const [build = [], final = []] = readDockerfile();
const tokenPath = "/run/secrets/astro-scim-token.txt";
const token = "token-that-is-mounted";

async function copy(stage: Stage, folder: string): Promise<void> {
  for (const [sources, target] of copiedByStage(stage)) {
    for (const source of sources) {
      const to = target === "./" ? join(folder, source) : join(folder, target);
      await mkdir(join(to, ".."), { recursive: true });
      await cp(join(repository, source), to, { recursive: true });
    }
  }
}

/** `/app` of the image, but for the dependencies: they are those of the clone. */
async function assembled(): Promise<string> {
  const folder = await tempFolder();
  const [building, app] = [join(folder, "build"), join(folder, "app")];
  await copy(build, building);
  await symlink(join(repository, "node_modules"), join(building, "node_modules"));
  await mustRun("the build stage does not build", ["npm", "run", "build"], {
    cwd: building,
    timeoutMs: longEnoughMs,
  });
  await copy(final, app);
  await cp(join(building, "dist"), join(app, "dist"), { recursive: true });
  await symlink(join(repository, "node_modules"), join(app, "node_modules"));
  return app;
}

/** The words of the ENTRYPOINT, with the paths and the port of this machine. */
function entry(
  app: string,
  { tokenFile, port }: { readonly tokenFile: string; readonly port: number },
): string[] {
  return execForm(restsOf(final, "ENTRYPOINT")[0] ?? "").map((word) => {
    if (word === tokenPath) return tokenFile;
    if (word === "8888") return `${port}`;
    return word === "node" ? process.execPath : word.replace(/^\/app\//, `${app}/`);
  });
}

function healthCheck(port: number): readonly string[] {
  const words = /CMD (\[.*)$/.exec(restsOf(final, "HEALTHCHECK")[0] ?? "")?.[1] ?? "";
  return execForm(words).map((word) => word.replace(":8888/", `:${port}/`));
}

test("it serves with the mounted token, is healthy, and ends on SIGTERM with a client connected", async () => {
  const app = await assembled();
  const tokenFile = join(app, "..", "token.txt");
  await writeFile(tokenFile, `${token}\n`);
  const port = await unusedPort();
  const [program = "", ...words] = entry(app, { tokenFile, port });
  const fixture = [join(app, "fixtures", "okta-small.yaml"), "--provisioned", "--org", "my-org"];
  const child = spawn(program, [...words, ...fixture], {
    cwd: app,
    env: { ...plainEnvironment(), NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  onTestFinished(() => void child.kill("SIGKILL"));
  const lines: string[] = [];
  const reader = createInterface(child.stdout).on("line", (line) => lines.push(line));
  await Promise.race([once(reader, "line"), exited]);

  const url = `http://127.0.0.1:${port}/scim/v2/my-org`;
  expect((await scimClient({ url, token }).get("/Users")).body.totalResults).toBe(4);
  expect((await scimClient({ url, token: "another" }).get("/Users")).status).toBe(401);
  const [, ...check] = healthCheck(port);
  const ran = await runProgram(process.execPath, check, { cwd: app, timeoutMs: longEnoughMs });
  expect(ran).toEqual({ status: 0, stdout: "", stderr: "" });

  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  await new Promise((resolve, reject) => {
    get(url, { agent }, (answer) => answer.resume().on("end", resolve)).on("error", reject);
  });
  child.kill("SIGTERM");
  expect(await exited).toEqual([0, null]);
  expect(lines.join("\n")).not.toContain(token);

  const after = await runProgram(process.execPath, check, { cwd: app, timeoutMs: longEnoughMs });
  expect(after.status).toBe(1);
});

describe("without a token", () => {
  let app: string;
  beforeAll(() => {
    app = repository.replace(/\/$/, "");
  });

  test("it does not start, and says which file is missing", async () => {
    const tokenFile = join(await tempFolder(), "astro-scim-token.txt");
    const [program = "", ...words] = entry(app, { tokenFile, port: 0 });
    const { status, stdout, stderr } = await runProgram(program, words, {
      cwd: app,
      timeoutMs: longEnoughMs,
    });
    expect({ status, stdout }).toEqual({ status: 64, stdout: "" });
    expect(stderr).toContain(`The token file ${tokenFile} can't be read: there is no such file.`);
  });

  test("also where the folder /run/secrets is missing: the name is one that is shown", async () => {
    const [program = "", ...words] = entry(app, {
      tokenFile: "/no-such-folder/secrets/astro-scim-token.txt",
      port: 0,
    });
    const { stderr } = await runProgram(program, words, { cwd: app, timeoutMs: longEnoughMs });
    expect(stderr).toContain("/no-such-folder/secrets/astro-scim-token.txt can't be read");
  });
});
