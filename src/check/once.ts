/** Reads once, however often it is asked for. */

export function once<Value>(read: () => Promise<Value>): () => Promise<Value> {
  let reading: Promise<Value> | undefined;
  return () => (reading ??= read());
}

/** Reads once for each key. */
export function oncePer<Key extends object, Value>(
  read: (key: Key) => Promise<Value>,
): (key: Key) => Promise<Value> {
  const readings = new WeakMap<Key, Promise<Value>>();
  return (key) => {
    const reading = readings.get(key) ?? read(key);
    readings.set(key, reading);
    return reading;
  };
}
