/** docs/faults.md against what is there. */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { faultKeys, flagSpelling } from "../../src/fault/fault-keys.ts";
import { parseFaults } from "../../src/fault/parse-faults.ts";
import { controlPath } from "../../src/server/control/api.ts";
import { controlRoutes } from "../../src/server/control/routes.ts";

const page = readFileSync(new URL("../../docs/faults.md", import.meta.url), "utf8");
const rows = [...page.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name = ""]) => name);

describe("docs/faults.md", () => {
  test("has a row for every key, and for no other", () => {
    const keys = rows.filter((name) => !name.includes("/"));
    expect(keys.toSorted()).toEqual(Object.keys(faultKeys).map(flagSpelling).toSorted());
  });

  test("has a row for every request to the control endpoint, and for no other", () => {
    const requests = controlRoutes.map(({ method, path }) => `${method} ${controlPath}${path}`);
    expect(rows.filter((name) => name.includes("/")).toSorted()).toEqual(requests.toSorted());
  });

  test("gives examples that can be pasted", () => {
    const examples = [...page.matchAll(/--fault '([^']+)'/g)].map(([, spec = ""]) => spec);
    expect(examples.length).toBeGreaterThan(5);
    expect(parseFaults(examples)).toHaveLength(examples.length);
  });
});
