// Interleaved rounds and their medians: what a noisy machine does to one variant, it does to the others.

/**
 * Measures every variant once a round, in turn, after one round that does not count.
 * @param {number} count rounds that count
 * @param {Record<string, () => Promise<number>>} variants each measures once and gives back one number
 * @returns {Promise<Record<string, number[]>>} by variant, one number a round
 */
export async function interleavedRounds(count, variants) {
  const measured = Object.fromEntries(Object.keys(variants).map((name) => [name, []]));
  for (let round = 0; round <= count; round += 1) {
    for (const [name, measure] of Object.entries(variants)) {
      const value = await measure();
      if (round > 0) measured[name].push(value);
    }
  }
  return measured;
}

/** The median of the ratios of two variants, each ratio taken inside a round, and the quartiles beside it. */
export function ratioOf(numerators, denominators) {
  const ratios = numerators.map((value, round) => value / denominators[round]).sort((a, b) => a - b);
  const quarter = Math.floor(ratios.length / 4);
  return { ratio: median(ratios), low: ratios[quarter], high: ratios.at(-1 - quarter) };
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
