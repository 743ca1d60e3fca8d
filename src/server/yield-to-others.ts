/** Politeness of long work: other requests are answered in between. */

/** Lets what waits have its turn. */
export async function yieldToOthers(): Promise<void> {
  await new Promise<void>((resolve) => {
    setImmediate(resolve);
  });
}
