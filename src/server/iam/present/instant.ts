/** An instant as Astro's own API writes it: UTC, `YYYY-MM-DDTHH:MM:SSZ` (Astro API reference). */
export function instantText(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
