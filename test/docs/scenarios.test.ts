/** docs/scenarios.md lists every fixture that comes with astro-scim, with a command that fits it. */

import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const repository = fileURLToPath(new URL("../../", import.meta.url));
const page = readFileSync(`${repository}docs/scenarios.md`, "utf8");

const shipped = readdirSync(`${repository}fixtures`, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".yaml"))
  .map((name) => `fixtures/${name.replaceAll("\\", "/")}`);

const rows = [...page.matchAll(/^\| `astro-scim (?<command>[^`]+)` \| (?<lesson>.+) \|$/gm)].map(
  ({ groups }) => ({
    command: groups?.["command"] ?? "",
    file: groups?.["command"]?.split(" ").at(-1) ?? "",
    lesson: groups?.["lesson"] ?? "",
  }),
);

test("every fixture is listed once, and every listed fixture exists", () => {
  expect(rows.map(({ file }) => file).toSorted()).toEqual(shipped.toSorted());
});

test("every file that the page names exists", () => {
  const named = new Set([...page.matchAll(/fixtures\/[\w/.-]+/g)].map(([path]) => path));
  expect([...named].filter((path) => !shipped.includes(path))).toEqual([]);
});

describe("each command is one that the file's own comment gives, for its provider", () => {
  test.each(rows)("$file", ({ command, file, lesson }) => {
    const text = readFileSync(repository + file, "utf8");
    expect(text).toContain(`astro-scim ${command}`);
    const idp = /^idp: (\w+)$/m.exec(text)?.[1];
    expect(command).toMatch(new RegExp(`^(?:simulate ${idp}|diff) `));
    expect(lesson.length).toBeGreaterThan(10);
  });
});
