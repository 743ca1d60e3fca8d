/** Numbers that look random and are the same for the same seed, so that a run with faults can be repeated. */

/** Numbers from 0 (included) to 1 (excluded). */
export type Draw = () => number;

/** Most that a seed can be. */
export const maxSeed = 0xffff_ffff;

/** Mulberry32 (public domain): 32 bits of state, good enough for chances; never for secrets. `stream` keeps apart what shares a seed. */
export function seededDraw(seed: number, stream: number): Draw {
  let state = (seed ^ Math.imul(stream + 1, 0x9e37_79b9)) >>> 0;
  return () => {
    state = (state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / (maxSeed + 1);
  };
}
