/** A live Entra ID that cannot be read completely is an error, never a smaller directory. */

import { describe, expect, test } from "vitest";
import type { AppError } from "../../../src/ground/errors.ts";
import {
  applicationId,
  assignedGroup,
  assignedUser,
  group,
  job,
  jobId,
  person,
  smallTenant,
} from "../../support/entra-tenant.ts";
import { graphError, type GraphAnswer, type Permission, type Tenant } from "../../support/graph-tenant.ts";
import { refusalOf, tryToRead } from "../../support/read-tenant.ts";

const like = (pattern: RegExp): string => expect.stringMatching(pattern) as string;

/** Everything that can be read has a page of its own. */
function manyPages(): Tenant {
  return smallTenant({
    users: [person("ada"), person("grace"), person("paul"), person("mia")],
    deletedUsers: [person("lin"), person("ole")],
    groups: [
      group("data-platform", ["ada", "grace", "group-inner", "group-other"]),
      group("inner", ["paul", "mia"]),
      group("other", ["mia", "paul", "group-inner"]),
    ],
    assignments: [assignedGroup("data-platform"), assignedUser("ada"), assignedUser("grace")],
  });
}

describe("a read that is broken at any single request is refused", async () => {
  const { requests, outcome } = await tryToRead(manyPages(), {}, { pageSize: 1 });
  const outages: readonly (readonly [string, (answer: GraphAnswer) => GraphAnswer])[] = [
    ["404 of a proxy", () => ({ status: 404, headers: { "content-type": "text/html" }, body: "<h1>Not found</h1>" })],
    ["500", () => graphError(500, "InternalServerError")],
    ["200 with HTML", () => ({ status: 200, headers: { "content-type": "text/html" }, body: "<h1>Sign in</h1>" })],
    ["200 with an empty object", () => ({ status: 200, body: {} })],
    ["200 with half a body", ({ body }) => ({ status: 200, body: JSON.stringify(body).slice(0, -5) })],
  ];

  test("but whole it is read", () => {
    expect(outcome).not.toBeInstanceOf(Error);
    expect(requests.length).toBeGreaterThan(30);
  });

  const cases = outages.flatMap(([name, outage]) =>
    requests.map(({ path }, index) => [index, path.split("?")[0] ?? "", name, outage] as const),
  );
  test.each(cases)("request %i, %s: %s", async (broken, path, _, outage) => {
    const isBroken = (asked: string, index: number): boolean => index === broken || (index > broken && asked === requests[broken]?.path);
    const error = await refusalOf(manyPages(), {}, {
      pageSize: 1,
      change: (answer, request, index) => (isBroken(request.path, index) ? outage(answer) : answer),
    });
    expect([error.code, path]).toEqual(["source-incomplete", path]);
  });
});
