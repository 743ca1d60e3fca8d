/** Flags that can be given several times. */

/** Collects a flag that can be given several times. */
export function repeatable(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
