/** Lengths of real time: `250ms`, `1.5s`, `5m`, `1h`. */

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** Milliseconds; undefined for what is not a length of time. */
export function parseDuration(text: string): number | undefined {
  const match = /^(?<number>\d{1,6}(?:\.\d{1,3})?)(?<unit>ms|s|m|h)$/.exec(text);
  if (match?.groups === undefined) return undefined;
  const unit = unitMs[match.groups["unit"] ?? ""];
  return unit === undefined ? undefined : Number(match.groups["number"]) * unit;
}
