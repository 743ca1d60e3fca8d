/**
 * The scenarios to learn from, each with the golden trace of what the provider sends and is answered: reviewed against the
 * provider's documentation line by line, and seen in the diff of test/golden/scenarios/ when it changes.
 */

import { readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { expectGolden } from "../support/golden.ts";
import { runCommand } from "../support/run-command.ts";
import { traceOf, withoutChance } from "../support/scenario-trace.ts";
import { tempFolder } from "../support/temp-folder.ts";

const providers = ["okta", "entra"] as const;

describe.each(providers)("the scenarios of %s", (provider) => {
  const folder = new URL(`../../fixtures/${provider}/`, import.meta.url);
  const names = readdirSync(folder).filter((name) => name.endsWith(".yaml"));

  test("are at least ten", () => {
    expect(names.length).toBeGreaterThanOrEqual(10);
  });

  test.each(names)("%s", async (name) => {
    const text = readFileSync(new URL(name, folder), "utf8");
    const comment = /^(?:#.*\n)+/.exec(text)?.[0] ?? "";
    expect(comment.split("\n").length).toBeGreaterThan(4);
    expect(comment).toContain(`astro-scim simulate ${provider} fixtures/${provider}/${name}`);
    expect(text).toContain("\ntimeline:\n");
    const trace = join(await tempFolder(), "trace.ndjson");
    const { status, stdout } = await runCommand([
      "simulate",
      provider,
      `fixtures/${provider}/${name}`,
      "--trace",
      trace,
    ]);
    expect({ status, shown: status === 0 ? "" : stdout }).toEqual({ status: 0, shown: "" });
    const golden = withoutChance(`${stdout}\n${traceOf(await readFile(trace, "utf8"))}`);
    await expectGolden(golden, `scenarios/${provider}/${name.replace(".yaml", ".txt")}`);
  });
});
