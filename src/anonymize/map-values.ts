/** A record with other names and other values. */
export function mapValues(
  record: Readonly<Record<string, string>>,
  name: (name: string) => string,
  value: (value: string) => string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(record).map(([key, one]) => [name(key), value(one)]));
}
