/** `serve --with okta|entra`: a whole company to play with, and nothing configured. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCommand } from "../../support/run-command.ts";
import { startServingIn } from "../../support/serving.ts";
import { driftShape } from "../../support/json-shapes.ts";
import {
  serveWithProvider,
  startWithProvider,
  type ServingWithProvider,
} from "../../support/serving-with-provider.ts";
import { tempFolder } from "../../support/temp-folder.ts";

/** What a fixture says by itself, in lower case. */
const fixtureWords =
  "users email firstname lastname title profileurl displayname login profile status suspended deactivated blocked soft deleted assigned groups members assign nested securityenabled false userprincipalname givenname surname mailnickname department jobtitle usertype guest member string number https example".split(
    " ",
  );

/** What the shipped company has on purpose, by kind: the provider reports it, and Astro has nothing else. */
const planted = { okta: [], entra: ["user-without-mail"] } as const;
/** Then `diff` ends with 2. */
const statusOf = { okta: 0, entra: 2 } as const;

/**
 * Users and groups of a fixture, in lower case: their ids, and everything else. Ids are compared as a whole: of a random id, any
 * part of another one may occur by chance.
 */
function peopleOf(fixture: string): { readonly ids: ReadonlySet<string>; readonly texts: string } {
  const people = fixture.slice(fixture.indexOf("users:"));
  const id = /\bid: "?([\w-]+)/g;
  return {
    ids: new Set(Array.from(people.matchAll(id), ([, found = ""]) => found)),
    texts: people.replaceAll(id, "").toLowerCase(),
  };
}

describe.each(["okta", "entra"] as const)("--with %s", (idp) => {
  // For the tests that only read.
  let serving: ServingWithProvider;
  beforeAll(async () => {
    serving = await startWithProvider(idp);
  });
  afterAll(async () => void (await serving.stop()));

  test("provisions its company; diff reads it live, and finds no difference but what is planted", async () => {
    const { run, source, astro, stop } = await serveWithProvider(idp);
    const { status, stdout } = await run("diff", ...source, "--url", astro.url, "--json");
    const drift = driftShape.parse(JSON.parse(stdout));
    expect(drift.changes).toEqual([]);
    const problems = drift.findings.filter(({ isCounted }) => isCounted).map(({ kind }) => kind);
    expect(problems).toEqual(planted[idp]);
    expect(status).toBe(statusOf[idp]);
    expect(await stop()).toBe(0);
  });

  test("the live directory is exported, and the export is rehearsed", async () => {
    const { run, source } = serving;
    const out = join(await tempFolder(), "company.yaml");
    const exported = await run("fixture", "export", ...source, "--out", out);
    expect(exported).toMatchObject({ status: 0 });
    expect(await readFile(out, "utf8")).toContain(`idp: ${idp}`);
    expect(await run("simulate", idp, out)).toMatchObject({ status: 0 });
  });

  test("an anonymized export has no word of the company, and is rehearsed all the same", async () => {
    const { run, source } = serving;
    const folder = await tempFolder();
    const [plain, anonymized] = [join(folder, "plain.yaml"), join(folder, "anonymized.yaml")];
    await run("fixture", "export", ...source, "--out", plain);
    const { stderr } = await run("fixture", "export", ...source, "--out", anonymized, "--anonymize");
    const seed = /^Seed of the invented names: (\S+)$/m.exec(stderr)?.[1] ?? "";
    const [real, invented] = await Promise.all(
      [plain, anonymized].map(async (file) => readFile(file, "utf8")),
    );
    const start = peopleOf(real ?? "");
    const end = peopleOf(invented ?? "");
    expect(start.ids.size).toBeGreaterThan(200);
    expect([...start.ids].filter((id) => invented?.includes(id))).toEqual([]);
    const words = new Set(start.texts.match(/[\p{L}\p{M}]{5,}|\d{5,}/gu));
    for (const key of fixtureWords) words.delete(key);
    expect(words.size).toBeGreaterThan(200);
    expect([...words].filter((word) => end.texts.includes(word))).toEqual([]);
    expect(invented).not.toContain(seed);
    expect(await run("simulate", idp, anonymized)).toMatchObject({ status: 0 });
  });

  test("serve starts with what the live directory provisions, and the Next line of a rehearsal says so", async () => {
    const { run, source, env } = serving;
    const { stdout } = await run("simulate", idp, ...source);
    const words = /^Next: astro-scim serve (.*)$/m.exec(stdout)?.[1]?.split(" ") ?? [];
    expect(words).toContain("--provisioned");
    const served = await startServingIn({ env }, [...words, "--port", "0"]);
    const token = { ...env, ASTRO_SCIM_TOKEN: served.token };
    const compared = await runCommand(["diff", ...source, "--url", served.url], { env: token });
    expect(compared.status).toBe(statusOf[idp]);
    await served.stop();
  });

  test("simulate rehearses the live directory against a local Astro", async () => {
    const { run, source } = serving;
    expect(await run("simulate", idp, ...source)).toMatchObject({ status: 0 });
  });

  test("secrets are in no output and no trace", async () => {
    const { run, source, astro, env } = serving;
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
