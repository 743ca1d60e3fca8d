/** What is checked: address and token, where what is wrong with them is a result and no error. */

import { readTokenClaims } from "../../astro/token-claims.ts";
import type { Address, GivenToken } from "../../check/context.ts";
import { NoToken } from "../../target/token/find-token.ts";
import { UnfitAddress, organizationOf } from "../../target/base-url.ts";
import { namedBaseUrl, type RemoteTarget, type Target } from "../../target/resolve-target.ts";
import type { Io } from "../../world/io.ts";
import { targetIn } from "../connected.ts";
import type { TargetFlags } from "../flags/options.ts";

export interface CheckedTarget {
  readonly address: Address;
  readonly token: GivenToken;
  /** Undefined where address or token is missing. */
  readonly remote: RemoteTarget | undefined;
  /** For what surrounds a command. */
  readonly surroundings: Target;
}

const nobody: Target = { kind: "in-process" };

/**
 * @throws AppError as `resolveTarget`, except for an address that cannot be one, a missing token, and what a token says of itself
 */
export async function checkedTarget(
  io: Io,
  flags: TargetFlags,
  intent: "read" | "write",
): Promise<CheckedTarget> {
  const named = await addressOf(io, flags);
  if (named?.kind === "unfit") {
    const { error } = named;
    return { address: named, token: { kind: "missing", error }, remote: undefined, surroundings: nobody };
  }
  try {
    const target = await targetIn(
      { io, intent, withoutTarget: "organization of the token", judgesToken: true },
      flags,
    );
    if (target.kind !== "remote") throw new TypeError("a target was expected");
    const { baseUrl, organizationId, token, tokenSource } = target;
    return {
      address: { kind: "given", baseUrl, organizationId, isByOrganization: isByOrganization(flags, target) },
      token: { kind: "given", source: tokenSource, claims: readTokenClaims(token) },
      remote: target,
      surroundings: target,
    };
  } catch (error) {
    if (error instanceof UnfitAddress) {
      const address = { kind: "unfit", error } as const;
      return { address, token: { kind: "missing", error }, remote: undefined, surroundings: nobody };
    }
    if (named === undefined || !(error instanceof NoToken)) throw error;
    return { address: named, token: { kind: "missing", error }, remote: undefined, surroundings: nobody };
  }
}

async function addressOf(io: Io, flags: TargetFlags): Promise<Address | undefined> {
  try {
    const baseUrl = await namedBaseUrl(flags, io);
    if (baseUrl === undefined) return undefined;
    const organizationId = organizationOf(baseUrl);
    return { kind: "given", baseUrl, organizationId, isByOrganization: flags.org !== undefined };
  } catch (error) {
    if (error instanceof UnfitAddress) return { kind: "unfit", error };
    throw error;
  }
}

/** Nobody copied the URL from the provider's console: it is made from the organization, or `setup` saved it. */
function isByOrganization({ url, profile }: TargetFlags, target: RemoteTarget): boolean {
  if (url !== undefined) return false;
  return profile === undefined || target.profile?.url === undefined || target.profile.setup !== undefined;
}
