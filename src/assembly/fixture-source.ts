/** A fixture as a directory source; the provider's memory is in a file of its own. */

import type { DirectorySource, ProviderLinks } from "../directory/source.ts";
import { directoryAt } from "../directory/timeline.ts";
import type { Fixture } from "../fixture/fixture.ts";
import { AppError } from "../ground/errors.ts";
import type { Io } from "../world/io.ts";
import { readMemoryFile } from "./files/memory-file.ts";

export interface FixtureChoice {
  /** The step after which the directory is wanted: `start`, `end` (the default), or a step's name or number. */
  readonly at?: string | number | undefined;
  /** A file with the provider's memory, as `simulate --state` keeps it. It is only read. */
  readonly state?: string | undefined;
}

/** `read` throws AppError: usage, for a step that does not exist; invalid-file or refused, for the memory. */
export function fixtureSource(
  io: Io,
  fixture: Fixture,
  { at = "end", state }: FixtureChoice,
): DirectorySource {
  return {
    name: fixture.file,
    read: async (target) => ({
      directory: directoryAt(fixture, at),
      app: fixture.app,
      protect: fixture.protect,
      responsibleFor: fixture.responsibleFor,
      remembered: state === undefined ? undefined : await readLinks(io, { fixture, file: state, target }),
    }),
  };
}

interface MemoryOfTarget {
  readonly fixture: Fixture;
  readonly file: string;
  readonly target: string | undefined;
}

/** The provider's engine is loaded only where a memory is read. */
async function readLinks(io: Io, { fixture, file, target }: MemoryOfTarget): Promise<ProviderLinks> {
  if (target === undefined) throw noTarget();
  const memory = await readMemoryFile(io, { file, target, fixture });
  return memory.links();
}

function noTarget(): AppError {
  return new AppError("usage", "--state needs --url, --org or --profile.", {
    hint: "A state file belongs to a server that keeps its data; the local Astro inside the process starts empty each time.",
  });
}
