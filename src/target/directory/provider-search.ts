/** What is at hand to find a live directory, and whether a profile may say where its credentials go. */

import type { Io } from "../../world/io.ts";
import type { Profile } from "../profile/find-profile.ts";
import { requireTrust, type Confirm } from "../profile/trust-profile.ts";
import type { ProviderFlags } from "./provider-flags.ts";

export interface ProviderSearch {
  readonly io: Io;
  readonly flags: ProviderFlags & { readonly ca?: string; readonly trustConfig?: boolean };
  readonly profile: Profile | undefined;
  /** Asks for yes or no; left out if there is no terminal to ask on. */
  readonly confirm?: Confirm;
}

export interface CredentialsWay {
  /** Whether the profile says something of the directory. */
  readonly isUsed: boolean;
  /** Where the credentials come from. */
  readonly source: string;
  /** Where they go. */
  readonly url: string;
}

/**
 * As for Astro's token: a file that came with a repository could name any variable, any host, and certificates that make a
 * host pass for another one.
 * @throws AppError refused or declined; invalid-file, for the profile's certificates
 */
export async function trustProfile(
  search: ProviderSearch,
  { isUsed, source, url }: CredentialsWay,
): Promise<readonly string[]> {
  const { profile, flags } = search;
  const bringsCertificates = profile?.ca !== undefined && flags.ca === undefined;
  return requireTrust(
    {
      profile: isUsed || bringsCertificates ? profile : undefined,
      found: { token: "", source, given: "found", domain: undefined, notes: [] },
      baseUrl: url,
      flags,
    },
    search,
  );
}
