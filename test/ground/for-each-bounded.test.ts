import { describe, expect, test } from "vitest";
import { forEachBounded } from "../../src/ground/for-each-bounded.ts";

/** Resolves after everything that was ready before has run. */
async function turn(): Promise<void> {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
}

describe("forEachBounded", () => {
  test.each([1, 3, 10])("runs every item once, never more than %i at a time", async (limit) => {
    let running = 0;
    let most = 0;
    const done: number[] = [];
    const items = Array.from({ length: 20 }, (_, at) => at);
    await forEachBounded(items, limit, async (item) => {
      running += 1;
      most = Math.max(most, running);
      await turn();
      running -= 1;
      done.push(item);
    });
    expect(done.sort((a, b) => a - b)).toEqual(items);
    expect(most).toBe(limit);
  });

  test("after a failure those in flight finish and none is begun", async () => {
    const begun: number[] = [];
    const finished: number[] = [];
    const running = forEachBounded([0, 1, 2, 3, 4], 2, async (item) => {
      begun.push(item);
      if (item === 0) throw new Error("first");
      await turn();
      finished.push(item);
    });
    await expect(running).rejects.toThrow("first");
    expect(begun).toEqual([0, 1]);
    expect(finished).toEqual([1]);
  });

  test("a limit below one is one", async () => {
    const done: number[] = [];
    await forEachBounded([1, 2], 0, async (item) => {
      await turn();
      done.push(item);
    });
    expect(done).toEqual([1, 2]);
  });
});
