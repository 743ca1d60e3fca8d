/** The GitHub Action: what its steps do, run with bash as the runner does it. */

import { chmod, readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { action, runActionStep, type StepResult } from "../support/run-action-step.ts";
import { tempFolder } from "../support/temp-folder.ts";

const fixtures = fileURLToPath(new URL("../../fixtures/", import.meta.url));

async function workspaceWith(
  name: string,
  change: (text: string) => string = (text) => text,
): Promise<string> {
  const text = await readFile(join(fixtures, name), "utf8");
  return tempFolder({ "company.yaml": change(text) });
}

async function rehearse(
  workspace: string,
  inputs: Readonly<Record<string, string>> = {},
): Promise<StepResult & { readonly junit: string }> {
  const result = await runActionStep("Rehearse", { fixture: "company.yaml", ...inputs }, workspace);
  const { junit } = result.outputs;
  return { ...result, junit: junit === undefined ? "" : await readFile(junit, "utf8") };
}

/** Each output that the action names is one that the step writes, and the other way round. */
function expectEachDeclared(outputs: StepResult["outputs"]): void {
  for (const [name, { value }] of Object.entries(action.outputs)) {
    expect(value).toBe(`\${{ steps.rehearse.outputs.${name} }}`);
  }
  expect(Object.keys(action.outputs).toSorted()).toEqual(Object.keys(outputs).toSorted());
}

test.each([
  ["okta", "okta-small.yaml", "company.yaml"],
  ["entra", "entra-small.yaml", "my company/a fixture.yaml"],
])(
  "a fixture for %s that passes: JUnit, the summary, status 0; the provider is that of the fixture",
  async (idp, name, fixture) => {
    const workspace = await tempFolder({ [fixture]: await readFile(join(fixtures, name), "utf8") });
    const { status, outputs, summary, junit } = await rehearse(workspace, { fixture });
    expect(status).toBe(0);
    expectEachDeclared(outputs);
    expect(outputs["status"]).toBe("0");
    expect(summary).toContain(`## astro-scim simulate ${idp}: ${fixture}`);
    expect(await readFile(outputs["summary"] ?? "", "utf8")).toBe(summary);
    expect(junit).toMatch(/<testsuite[^>]* failures="0"/);
  },
);

test("a rehearsal that fails: the step fails with its status, and both reports say why", async () => {
  const workspace = await workspaceWith("okta-small.yaml", (text) =>
    text.replace("{ ada@example.com: { active: false } }", "{ ada@example.com: { active: true } }"),
  );
  const { status, outputs, summary, junit } = await rehearse(workspace);
  expect(status).toBe(1);
  expect(outputs["status"]).toBe("1");
  expect(summary).toContain("❌");
  expect(junit).toContain("<failure");
});

test("a fixture that is not valid: an annotation with its line, an error in JUnit, a sentence in the summary", async () => {
  const workspace = await workspaceWith("okta-small.yaml", (text) => `${text}\nuserz: []\n`);
  const { status, stdout, outputs, summary, junit } = await rehearse(workspace);
  expect(status).toBe(64);
  expect(outputs["status"]).toBe("64");
  expect(stdout).toMatch(/^::error file=company\.yaml,line=\d+/m);
  expect(junit).toContain("<error");
  expect(summary).toContain("could not rehearse the fixture (exit status 64)");
});

test("a fixture that is not there fails", async () => {
  const { status, outputs } = await rehearse(await tempFolder());
  expect(status).toBe(64);
  expect(outputs["status"]).toBe("64");
});

// What `npm ci` does in a fresh checkout, `.ci/run` shows with its first command.
test("a fresh checkout of the action is installed with its development dependencies, and a built one is not", async () => {
  const npm =
    '#!/bin/sh\nprintf "%s\\n" "$PWD: npm $*" >> "$RUNNER_TEMP/npm.txt"\nmkdir -p dist/cli && : > dist/cli/main.js\n';
  const workspace = await tempFolder({ "bin/npm": npm, "action/package.json": "{}" });
  await chmod(join(workspace, "bin", "npm"), 0o755);
  const path = `${join(workspace, "bin")}:${process.env["PATH"] ?? ""}`;
  const checkout = join(workspace, "action");
  for (const _start of ["fresh", "built"]) {
    const { status, stderr } = await runActionStep("Install astro-scim", {}, workspace, checkout, path);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  }
  expect(await readFile(join(workspace, "..runner", "npm.txt"), "utf8")).toBe(
    `${checkout}: npm ci --include=dev --no-audit --no-fund\n`,
  );
});

describe("inputs", () => {
  test("args are options of simulate, separated by spaces or lines", async () => {
    const { status, stderr } = await rehearse(await workspaceWith("okta-small.yaml"), {
      args: "--quiet\n--fidelity no-such-switch=1",
    });
    expect(status).toBe(64);
    expect(stderr).toContain("no-such-switch");
  });

  test.each(["--help", "--version", "other.yaml", "--only"])(
    "args with %s never pass without a rehearsal",
    async (args) => {
      const { status, outputs } = await rehearse(await workspaceWith("okta-small.yaml"), { args });
      expect(status).not.toBe(0);
      expect(outputs["status"]).toBe(`${status}`);
    },
  );

  test.each([
    ["--url http://127.0.0.1:9", "rehearses with the local Astro only"],
    ["--url=http://127.0.0.1:9", "rehearses with the local Astro only"],
    ["--profile prod", "rehearses with the local Astro only"],
    ["--state okta.json", "rehearses with the local Astro only"],
    ["--json", "writes JUnit and a summary itself"],
    ["-ojson", "writes JUnit and a summary itself"],
  ])("args with %s are refused with a sentence, before anything runs", async (args, sentence) => {
    const { status, stdout, outputs } = await rehearse(await workspaceWith("okta-small.yaml"), { args });
    expect(status).toBe(64);
    expect(stdout).toContain(sentence);
    expect(outputs).toEqual({ status: "64" });
  });

  test.each([
    ["fixture", { fixture: '"; touch stolen; echo "$(touch stolen)`touch stolen`' }],
    ["idp", { idp: "okta; touch stolen" }],
    ["args", { args: "$(touch stolen) `touch stolen` ; touch stolen *" }],
  ])("%s is never run as code", async (_name, inputs) => {
    const workspace = await workspaceWith("okta-small.yaml");
    const { status } = await rehearse(workspace, inputs);
    expect(status).toBe(64);
    expect(await readdir(workspace)).not.toContain("stolen");
  });

  test("no script has an expression in it, and each input is used", () => {
    for (const { run } of action.runs.steps) expect(run ?? "").not.toContain("${{");
    const used = JSON.stringify(action.runs.steps);
    expect(used).toContain("actions/setup-node@v");
    for (const name of ["fixture", "idp", "args"]) expect(used).toContain(`\${{ inputs.${name} }}`);
  });

  test("an idp that is not the fixture's is refused", async () => {
    const { status, stderr } = await rehearse(await workspaceWith("okta-small.yaml"), { idp: "entra" });
    expect(status).not.toBe(0);
    expect(stderr).toMatch(/okta/i);
  });
});
