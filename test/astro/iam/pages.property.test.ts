/** Whatever goes wrong with single pages, and however long they are: the whole list, or an error. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { readAllPages, type Page } from "../../../src/astro/iam/pages.ts";
import { AppError } from "../../../src/ground/errors.ts";
import { isJsonArray, type JsonObject } from "../../../src/ground/json.ts";
import type { Send } from "../../../src/wire/exchange.ts";

/** What goes wrong with one page: one thing at a time, so that it can be noticed. */
type Trouble =
  | { readonly kind: "none" }
  | { readonly kind: "total"; readonly by: number }
  | { readonly kind: "drop" | "repeat"; readonly at: number }
  | { readonly kind: "status"; readonly status: number }
  | { readonly kind: "no-answer" };

const trouble: fc.Arbitrary<Trouble> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ kind: "none" } as const) },
  fc.record({ kind: fc.constant("total" as const), by: fc.integer({ min: -3, max: 3 }) }),
  fc.record({ kind: fc.constantFrom("drop" as const, "repeat" as const), at: fc.nat(20) }),
  fc.record({ kind: fc.constant("status" as const), status: fc.constantFrom(400, 401, 404, 429, 500, 503) }),
  fc.constant({ kind: "no-answer" } as const),
);

interface Server {
  readonly entries: readonly string[];
  /** The longest page that it gives. */
  readonly cap: number;
  /** Of one request after the other; none after the last. */
  readonly troubles: readonly Trouble[];
}

const servers: fc.Arbitrary<Server> = fc.record({
  entries: fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { maxLength: 25 }),
  cap: fc.integer({ min: 1, max: 30 }),
  troubles: fc.array(trouble, { maxLength: 12 }),
});

function sendTo({ entries, cap, troubles }: Server): Send {
  let requests = 0;
  return async ({ path }) => {
    const offset = Number(path);
    const now = troubles[requests] ?? { kind: "none" };
    requests += 1;
    if (now.kind === "no-answer") return { kind: "no-response", reason: "reset", message: "cut" };
    if (now.kind === "status") {
      const json = { message: "no", requestId: "r", statusCode: now.status };
      return { kind: "response", status: now.status, headers: {}, text: "", json };
    }
    const page = entries.slice(offset, offset + cap);
    const at = "at" in now && page.length > 0 ? now.at % page.length : -1;
    const given = page.flatMap((entry, index) => {
      if (index !== at) return [entry];
      return now.kind === "drop" ? [] : [entry, entry];
    });
    const totalCount = Math.max(0, entries.length + (now.kind === "total" ? now.by : 0));
    const json = { list: given, limit: cap, offset, totalCount };
    return { kind: "response", status: 200, headers: {}, text: JSON.stringify(json), json };
  };
}

async function read(server: Server): Promise<readonly string[] | AppError> {
  try {
    return await readAllPages(sendTo(server), {
      asked: { root: "https://api.example.com", organizationId: "o", request: "GET /list" },
      requestAt: (offset) => ({ method: "GET", path: String(offset), headers: {} }),
      pageFrom: pageOf,
      keyOf: (entry) => entry,
    });
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

function pageOf(body: JsonObject): Page<string> {
  const { list, limit, totalCount } = body;
  const entries = isJsonArray(list) ? list.map(String) : [];
  return { entries, limit: Number(limit), totalCount: Number(totalCount) };
}

test("without trouble the whole list is read, in its order, in pages of any length", async () => {
  await fc.assert(
    fc.asyncProperty(servers, async (server) => {
      expect(await read({ ...server, troubles: [] })).toEqual(server.entries);
    }),
  );
});

test("with trouble the whole list is read, or it is an error", async () => {
  await fc.assert(
    fc.asyncProperty(servers, async (server) => {
      const outcome = await read(server);
      const isWhole = !(outcome instanceof AppError);
      expect(isWhole ? outcome : server.entries).toEqual(server.entries);
    }),
    { numRuns: 2000 },
  );
});
