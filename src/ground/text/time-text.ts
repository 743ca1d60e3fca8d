/** A time of a provider's answer, for people. */

/** `2026-11-30 10:12 UTC`; what is no time stays as the provider has it. */
export function timeText(time: string): string {
  const at = Date.parse(time);
  if (Number.isNaN(at)) return time;
  return `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
