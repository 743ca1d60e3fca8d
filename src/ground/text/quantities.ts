/** How numbers, durations, sizes and shares are written, in every message and report. */

const grouped = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const oneDecimal = new Intl.NumberFormat("en-US", { maximumFractionDigits: 1 });

/** `10,000`. */
export function formatCount(count: number): string {
  return grouped.format(count);
}

/** Of less than ten one decimal counts: `412`, `2.5`. */
export function formatRate(perSecond: number): string {
  return `${perSecond < 10 ? oneDecimal.format(perSecond) : formatCount(perSecond)}/s`;
}

/** `12.5 %`. */
export function formatShare(share: number): string {
  return `${oneDecimal.format(100 * share)} %`;
}

/** `3 ms`, `1.2 s`, `45 s`, `1 min 40 s`, `3 h 20 min`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds > 0 && milliseconds < 1000) return `${formatCount(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${oneDecimal.format(seconds)} s`;
  const whole = Math.round(seconds);
  if (whole < 90) return `${whole} s`;
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60), whole % 60];
  if (minutes >= 90) return `${formatCount(hours)} h ${minutes - hours * 60} min`;
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
}

const units = ["bytes", "KiB", "MiB", "GiB"] as const;

/** `512 bytes`, `4 MiB`, `1.5 GiB`. */
export function formatBytes(bytes: number): string {
  const power = Math.max(0, Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10)));
  return `${oneDecimal.format(bytes / 1024 ** power)} ${units[power] ?? "bytes"}`;
}
