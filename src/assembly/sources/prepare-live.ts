/** Directories that are read over the network: address and credentials first, and what reads them once the run has begun. */

import { AppError } from "../../ground/errors.ts";
import { findEntra } from "../../target/directory/find-entra.ts";
import { findScim } from "../../target/directory/find-scim.ts";
import { findOkta } from "../../target/directory/find-okta.ts";
import type { ProviderSearch } from "../../target/directory/provider-search.ts";
import type { Io } from "../../world/io.ts";
import { openEntra } from "./live-entra.ts";
import { openScim } from "./live-scim.ts";
import type { PreparedSource } from "./prepared-source.ts";
import type { LiveName } from "./source-name.ts";

/** @throws AppError as `findOkta` and `findEntra` */
export async function prepareLive(
  io: Io,
  name: LiveName,
  search: Omit<ProviderSearch, "io">,
): Promise<PreparedSource> {
  switch (name.kind) {
    case "okta": {
      const okta = await findOkta({ io, ...search });
      return prepared(name, okta.notes);
    }
    case "entra": {
      const entra = await findEntra({ io, ...search });
      return { ...prepared(name, entra.notes), open: (run) => openEntra(io, run, entra) };
    }
    case "scim":
      return preparedScim(io, name);
  }
}

function prepared(name: LiveName, notes: readonly string[]): PreparedSource {
  return {
    name,
    fixture: undefined,
    files: [],
    notes,
    open: () => {
      throw new AppError("usage", "not yet");
    },
  };
}

function preparedScim(io: Io, name: Extract<LiveName, { readonly kind: "scim" }>): PreparedSource {
  const scim = findScim(io, name.url);
  return { ...prepared(name, scim.notes), open: (run) => openScim(io, run, scim) };
}
