/** Chance that can be repeated: what a campaign draws from its seed. */

import { seededDraw } from "../../src/fault/seeded-random.ts";

export interface Random {
  /** A whole number from 0 (included) to `limit` (excluded). */
  below(limit: number): number;
  /** True once in so many times, on average. */
  oneIn(times: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** Some of the items, in their order; may be none and may be all. */
  some<T>(items: readonly T[]): readonly T[];
  /** One of the items by its weight, which is a whole number. */
  weighted<T extends { readonly weight: number }>(items: readonly T[]): T;
}

/**
 * The seed of this run: `CAMPAIGN_SEED` repeats an earlier one, whose number stands in the name of the test. A new one
 * each time otherwise, because a campaign that always goes the same way finds what it has found already.
 */
export const campaignSeed = Number(process.env["CAMPAIGN_SEED"] ?? Date.now() % 1_000_000);

/** Draws by a seed; `stream` keeps apart what shares one. */
export function random(seed: number, stream = 0): Random {
  const draw = seededDraw(seed, stream);
  const below = (limit: number): number => Math.floor(draw() * limit);
  return {
    below,
    oneIn: (times) => below(times) === 0,
    pick: (items) => items[below(items.length)]!,
    some: (items) => items.filter(() => draw() < 0.5),
    weighted: (items) => {
      let rest = below(items.reduce((sum, { weight }) => sum + weight, 0));
      return items.find(({ weight }) => (rest -= weight) < 0)!;
    },
  };
}
