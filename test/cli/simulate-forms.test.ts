/** `simulate` in forms for CI: JUnit XML with a test case a step, and Markdown. */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { shippedFixture } from "../../src/assembly/files/fixture-file.ts";
import { fakeIo } from "../support/fake-io.ts";
import { runCommand, type CommandResult } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { startWatchedAstro } from "../support/watched-astro.ts";
import { parseXml, type XmlNode } from "../support/xml.ts";

const small = shippedFixture("okta-small.yaml");
const smallText = readFileSync(small, "utf8");
const wrong = smallText
  .replace("ada@example.com: { active: false }", "ada@example.com: { active: true }")
  .replace("Mary becomes an Airflow administrator", `"<b>Mary</b> & 'co' | **x**"`);

async function junit(text: string, words: readonly string[] = []): Promise<CommandResult & { xml: XmlNode }> {
  const cwd = await tempFolder({ "f.yaml": text });
  const result = await runCommand(["simulate", "okta", "f.yaml", "-o", "junit", ...words], { cwd });
  return { ...result, xml: parseXml(result.stdout) };
}

function casesOf(xml: XmlNode): readonly XmlNode[] {
  return xml.children.flatMap(({ children }) => children.filter(({ name }) => name === "testcase"));
}

/** What each case ended as: the name of the element within it, or `passed`. */
function verdicts(xml: XmlNode): readonly (readonly [name: string, verdict: string])[] {
  return casesOf(xml).map(({ attributes, children }) => [
    attributes["name"] ?? "",
    children.find(({ name }) => ["failure", "error", "skipped"].includes(name))?.name ?? "passed",
  ]);
}

describe("-o junit", () => {
  test("has a case for the first provisioning, for each step, and for the end; exit status as ever", async () => {
    const { status, xml, stderr } = await junit(smallText);
    expect(verdicts(xml)).toEqual([
      ["First provisioning", "passed"],
      ["Ada leaves", "passed"],
      ["Mary becomes an Airflow administrator", "passed"],
      ["What Astro holds at the end", "passed"],
    ]);
    expect(xml.attributes).toMatchObject({ tests: "4", failures: "0", errors: "0", skipped: "0" });
    expect(stderr).toContain("Day 0  First provisioning");
    expect(status).toBe(0);
  });

  test("an expectation that is not met fails its step, with expected and got", async () => {
    const { status, xml } = await junit(wrong);
    expect(verdicts(xml)).toEqual([
      ["First provisioning", "passed"],
      ["Ada leaves", "failure"],
      ["<b>Mary</b> & 'co' | **x**", "passed"],
      ["What Astro holds at the end", "passed"],
    ]);
    const failure = casesOf(xml)[1]?.children.find(({ name }) => name === "failure");
    expect(failure?.attributes["message"]).toBe("expected user ada@example.com: active true, got false");
    expect(failure?.text).toContain("      expected      got\n      active true   active false\n");
    expect(xml.children[0]?.attributes).toMatchObject({ tests: "4", failures: "1" });
    expect(status).toBe(1);
  });

  test("a job that failed and waits fails the run in which it failed; what differs fails the end", async () => {
    const fault = "astro:\n  faults: [{ method: POST, path: /Users, times: 1, status: 500 }]\n";
    const people = "idp: okta\nusers: [{ email: ada@example.com }]\n";
    const { status, xml } = await junit(`${people}${fault}timeline: [{ name: a day later, after: 1d }]\n`);
    expect(verdicts(xml)).toEqual([
      ["First provisioning", "failure"],
      ["a day later", "passed"],
      ["What Astro holds at the end", "failure"],
    ]);
    expect(casesOf(xml)[0]?.children[0]?.attributes["message"]).toContain("500 Internal Server Error");
    expect(status).toBe(1);
  });

  test("a step that could not be checked is an error, and so is the end", async () => {
    let isProvisioned = false;
    const astro = await startWatchedAstro({
      fixture: smallText,
      before: ({ method, path }) => {
        if (method === "PUT") isProvisioned = true;
        const isReadBack = method === "GET" && /^\/Groups(?!\?filter|\/)/.test(path);
        return isReadBack && isProvisioned ? 500 : undefined;
      },
    });
    const { status, stdout } = await runCommand(["simulate", "okta", small, "-o", "junit", ...astro.target]);
    const ends = verdicts(parseXml(stdout)).map(([, verdict]) => verdict);
    expect(ends).toEqual(["passed", "error", "error", "error"]);
    expect(status).toBe(3);
  });

  test("after an interruption the steps that were not begun are skipped", async () => {
    const io = fakeIo({ cwd: await tempFolder({ "f.yaml": smallText }) });
    const astro = await startWatchedAstro({
      fixture: smallText,
      before: ({ method }) => {
        if (method === "POST") io.interrupt();
        return undefined;
      },
    });
    const { status, stdout } = await runCommand(
      ["simulate", "okta", "f.yaml", "-o", "junit", ...astro.target],
      {
        io,
      },
    );
    expect(verdicts(parseXml(stdout)).slice(1)).toEqual([
      ["Ada leaves", "skipped"],
      ["Mary becomes an Airflow administrator", "skipped"],
      ["What Astro holds at the end", "skipped"],
    ]);
    expect(status).toBe(130);
  });
});

describe("-o markdown", () => {
  test("has a row for each step, and what was expected and what came in blocks of code", async () => {
    const cwd = await tempFolder({ "f.yaml": wrong });
    const { status, stdout } = await runCommand(["simulate", "okta", "f.yaml", "-o", "markdown"], { cwd });
    expect(stdout).toContain("**The rehearsal failed: 1 expectation not met.**\n");
    expect(stdout).toMatch(/^\| ❌ \| Ada leaves \| 2026-\d\d-\d\d \d\d:\d\d UTC \| expected user /m);
    expect(stdout).toMatch(/^\| ✅ \| \\<b\\>Mary\\<\/b\\> & 'co' \\\| \\\*\\\*x\\\*\\\* \|/m);
    expect(stdout).toContain("\n### Ada leaves\n\n~~~text\nexpected user ada@example.com");
    expect(status).toBe(1);
  });
});

test("a form that a command does not have is refused with those it has; exit status 64", async () => {
  const { status, stdout, stderr } = await runCommand(["diff", "-o", "junit"]);
  expect(stderr).toContain("Allowed choices are text, json.");
  expect({ status, stdout }).toEqual({ status: 64, stdout: "" });
});
