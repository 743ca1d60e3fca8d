/** Directories that are read over the network: address and credentials first, and what reads them once the run has begun. */

import { findEntra } from "../../target/directory/find-entra.ts";
import { findOkta } from "../../target/directory/find-okta.ts";
import { findScim } from "../../target/directory/find-scim.ts";
import type { ProviderSearch } from "../../target/directory/provider-search.ts";
import type { Io } from "../../world/io.ts";
import type { PreparedSource } from "./prepared-source.ts";
import type { LiveName } from "./source-name.ts";

/**
 * What reads a source is loaded only where that source is named.
 * @throws AppError as `findOkta`, `findEntra` and `findScim`
 */
export async function prepareLive(
  io: Io,
  name: LiveName,
  search: Omit<ProviderSearch, "io">,
): Promise<PreparedSource> {
  switch (name.kind) {
    case "okta": {
      const okta = await findOkta({ io, ...search });
      const { openOkta } = await import("./live-okta.ts");
      return prepared(name, okta.notes, (run) => openOkta(io, run, okta));
    }
    case "entra": {
      const entra = await findEntra({ io, ...search });
      const { openEntra } = await import("./live-entra.ts");
      return prepared(name, entra.notes, (run) => openEntra(io, run, entra));
    }
    case "scim": {
      const scim = findScim(io, name.url);
      const { openScim } = await import("./live-scim.ts");
      return prepared(name, scim.notes, (run) => openScim(io, run, scim));
    }
  }
}

function prepared(name: LiveName, notes: readonly string[], open: PreparedSource["open"]): PreparedSource {
  return { name, fixture: undefined, files: [], notes, open };
}
