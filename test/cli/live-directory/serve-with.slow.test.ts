/** `serve --with okta|entra`: a whole company to play with, and nothing configured. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { driftShape } from "../../support/json-shapes.ts";
import { serveWithProvider } from "../../support/serving-with-provider.ts";
import { tempFolder } from "../../support/temp-folder.ts";

describe.each(["okta", "entra"] as const)("--with %s", (idp) => {
  test("provisions its company; diff reads it live, and finds no difference", async () => {
    const { run, source, astro, stop } = await serveWithProvider(idp);
    const { status, stdout } = await run("diff", ...source, "--url", astro.url, "--json");
    const drift = driftShape.parse(JSON.parse(stdout));
    expect(drift.changes).toEqual([]);
    expect(drift.status).toBe("same");
    expect(status).toBe(0);
    expect(await stop()).toBe(0);
  });

  test("the live directory is exported, and the export is rehearsed", async () => {
    const { run, source } = await serveWithProvider(idp);
    const out = join(await tempFolder(), "company.yaml");
    const exported = await run("fixture", "export", ...source, "--out", out);
    expect(exported).toMatchObject({ status: 0 });
    expect(await readFile(out, "utf8")).toContain(`idp: ${idp}`);
    expect(await run("simulate", idp, out)).toMatchObject({ status: 0 });
  });

  test("simulate rehearses the live directory against a local Astro", async () => {
    const { run, source } = await serveWithProvider(idp);
    expect(await run("simulate", idp, ...source)).toMatchObject({ status: 0 });
  });

  test("secrets are in no output and no trace", async () => {
    const { run, source, astro, env } = await serveWithProvider(idp);
    const trace = join(await tempFolder(), "trace.ndjson");
    const { stdout, stderr } = await run(
      "diff",
      ...source,
      "--url",
      astro.url,
      "--verbose",
      "--trace",
      trace,
    );
    const all = stdout + stderr + (await readFile(trace, "utf8"));
    expect(all).toContain(idp === "okta" ? "/api/v1/apps/" : "/servicePrincipals/");
    const { AZURE_CLIENT_ID: _, ...secrets } = env;
    expect(Object.values(secrets).filter((secret) => all.includes(secret))).toEqual([]);
  });
});
