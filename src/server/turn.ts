/** Politeness of long work: other requests are answered in between. */

/** Lets what waits have its turn. */
export async function turn(): Promise<void> {
  await new Promise<void>((resolve) => {
    setImmediate(resolve);
  });
}
