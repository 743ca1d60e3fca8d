import { Chalk } from "chalk";
import { describe, expect, test } from "vitest";

import type { Task } from "../../src/idp/run/task.ts";
import { taskLines } from "../../src/report/narrative/task-lines.ts";

const plain = { paint: new Chalk({ level: 0 }), columns: undefined };

function aTask(name: string, changes: Partial<Task> = {}): Task {
  return {
    subject: { kind: "user", objectId: `00u-${name}`, key: name, name },
    what: "assign",
    sentence: `Automatic provisioning of user ${name} to app Astro failed: Internal Server Error.`,
    reason: "500 Internal Server Error: oops",
    explanation: undefined,
    since: new Date("2026-09-01T08:00:00Z"),
    ...changes,
  };
}

describe("tasks that failed", () => {
  test("one: whose it is, why, and Okta's sentence", () => {
    expect(taskLines([aTask("ada")], "Okta", plain)).toEqual([
      "  ✗ user ada: 500 Internal Server Error: oops",
      "      Okta shows: Automatic provisioning of user ada to app Astro failed: Internal Server Error.",
    ]);
  });

  test("equal causes are told once, with three names and Okta's sentence about the first", () => {
    const tasks = ["ada", "grace", "alan", "mary"].map((name) => aTask(name));
    expect(taskLines(tasks, "Okta", plain)).toEqual([
      "  ✗ 4 users: 500 Internal Server Error: oops (ada, grace, alan, …)",
      "      Okta shows: Automatic provisioning of user ada to app Astro failed: Internal Server Error.",
    ]);
  });

  test("other jobs and other causes are told apart; what Okta hides is explained", () => {
    const lost = { reason: "the account is gone", explanation: "Unassign the user." };
    const tasks = [aTask("ada"), aTask("ada", { what: "deactivate" }), aTask("grace", lost)];
    const lines = taskLines(tasks, "Okta", plain);
    expect(lines.filter((line) => line.startsWith("  ✗"))).toHaveLength(3);
    expect(lines.at(-1)).toBe("      Unassign the user.");
  });

  test("an explanation that is the reason is not told again", () => {
    const task = aTask("ada", { reason: "the answer has no id", explanation: "The answer has no id." });
    expect(taskLines([task], "Okta", plain)).toHaveLength(2);
  });

  test("of more than twenty causes the rest is counted; -v shows all", () => {
    const tasks = Array.from({ length: 22 }, (_, index) => aTask(`u${index}`, { reason: `cause ${index}` }));
    const lines = taskLines(tasks, "Okta", plain);
    expect(lines.filter((line) => line.startsWith("  ✗"))).toHaveLength(20);
    expect(lines.at(-1)).toBe("  … and 2 tasks for other causes (-v shows all)");
    expect(taskLines(tasks, "Okta", { ...plain, all: true }).join("\n")).toContain("cause 21");
  });

  test("hostile names and complaints cannot move the cursor", () => {
    const lines = taskLines([aTask("a\u001B[2J", { reason: "\n\u001B[1A" })], "Okta", plain);
    expect(lines.join("")).not.toContain("\u001B");
  });
});
