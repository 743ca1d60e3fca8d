/** The name that was most likely meant by a mistyped one. */

const longestName = 60;

/** The candidate at the fewest changed letters, case aside; undefined where none is near enough. */
export function nearestName(name: string, candidates: readonly string[]): string | undefined {
  if (name.length > longestName) return undefined;
  let nearest: string | undefined;
  let fewest = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = changedLetters(name.toLowerCase(), candidate.toLowerCase());
    if (distance < fewest) {
      nearest = candidate;
      fewest = distance;
    }
  }
  return nearest;
}

/** Whether a name differs from another in no more letters than that, case aside: for long names, most of which are alike. */
export function isNearly(name: string, other: string, most: number): boolean {
  if (Math.abs(name.length - other.length) > most) return false;
  return changedLetters(name.toLowerCase(), other.toLowerCase()) <= most;
}

/** Levenshtein's distance, row by row; two neighbours that changed places count once. */
function changedLetters(from: string, to: string): number {
  let before: readonly number[] = [];
  let above: readonly number[] = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const replaced = (above[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      const isSwap = from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      const swapped = isSwap ? (before[j - 2] ?? 0) + 1 : replaced;
      row.push(Math.min(replaced, swapped, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    before = above;
    above = row;
  }
  return above[to.length] ?? 0;
}
