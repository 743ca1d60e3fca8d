/** `--anonymize`: the company with inventions, and what is said of it. */

import { anonymize } from "../../anonymize/anonymize.ts";
import type { Fixture } from "../../fixture/fixture.ts";
import type { Io } from "../../world/io.ts";

export interface Anonymized {
  readonly company: Fixture;
  /** Lines for the top of the file. */
  readonly about: readonly string[];
  /** Sentences for the user. */
  readonly notes: readonly string[];
}

/** Without a seed a new one is made, and shown: only with it the same names come again. */
export function anonymized(io: Io, company: Fixture, given: string | undefined): Anonymized {
  const seed = given ?? Buffer.from(io.random.bytes(16)).toString("base64url");
  const notes =
    given === undefined
      ? [
          `Seed of the invented names: ${seed}`,
          "Pass it to --seed to get the same names again. Keep it secret: it allows others to check a guessed name.",
        ]
      : [];
  return {
    company: anonymize(company, seed),
    about: ["Anonymized: names, addresses, ids and all other values are invented."],
    notes,
  };
}
