/** An emulated Okta, read by our own source over HTTP. */

import type { ProvidedDirectory } from "../../src/directory/source.ts";
import type { AppError } from "../../src/ground/errors.ts";
import { oktaSource } from "../../src/sources/okta/okta-source.ts";
import { systemWorld } from "../../src/world/system-world.ts";
import { oktaToken, type EmulatedOkta } from "./emulated-okta.ts";
import { oktaClient } from "./okta-answers.ts";
import { seededWorld, type SeededWorld } from "./seeded-world.ts";

/** By the app's label, for the Astro beside it; waits take no time, but move the clock of that world. */
export async function readEmulatedOkta(
  { okta, astro }: EmulatedOkta,
  world: SeededWorld = seededWorld({ seed: 1 }),
): Promise<ProvidedDirectory> {
  const client = oktaClient(okta.url, { token: oktaToken, world });
  try {
    const source = oktaSource(client.api, { app: "Astro", now: systemWorld().clock.now });
    return await source.read(astro.url, new AbortController().signal);
  } finally {
    await client.close();
  }
}

/** Why it cannot be read. @throws Error where it can */
export async function refusalOfEmulatedOkta(emulated: EmulatedOkta): Promise<AppError> {
  return (await readEmulatedOkta(emulated).then(
    () => {
      throw new Error("it was read");
    },
    (error: unknown) => error,
  )) as AppError;
}
