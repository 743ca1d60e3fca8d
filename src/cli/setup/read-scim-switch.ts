/** Whether the organization accepts SCIM, where a token is there that may read it. */

import { readScimSwitch } from "../../astro/iam/read-side.ts";
import { AppError } from "../../ground/errors.ts";
import { printable } from "../../ground/text/printable.ts";
import type { Io } from "../../world/io.ts";
import { withConnection } from "../connected.ts";
import { iamBeside } from "../../assembly/read-iam.ts";
import { resolveTarget, type Target } from "../../target/resolve-target.ts";
import type { SetupFlags } from "./flags.ts";
import type { Stated } from "./stated-answers.ts";

/** Undefined where there is no token or no organization yet, or where Astro cannot be read: the sheet does not need it. */
export async function readScimSwitchOf(
  io: Io,
  flags: SetupFlags,
  { scimUrl, say }: { readonly scimUrl: Stated["scimUrl"]; readonly say: (line: string) => void },
): Promise<boolean | undefined> {
  if (scimUrl === undefined) return undefined;
  const isNamed = flags.url !== undefined || flags.org !== undefined || flags.profile !== undefined;
  const target = await targetWithToken(io, isNamed ? flags : { ...flags, url: scimUrl });
  if (target === undefined || target.kind === "in-process") return undefined;
  let isEnabled: boolean | undefined;
  try {
    const { trace: _trace, output: _output, json: _json, ...others } = flags;
    const options = { flags: { ...others, output: "text" as const }, target, local: {} };
    await withConnection(io, options, async ({ connection }) => {
      const apis = iamBeside(connection, false);
      if (apis !== undefined) isEnabled = await readScimSwitch(apis.send, apis);
      return 0;
    });
  } catch (error) {
    if (!(error instanceof AppError) || error.code === "interrupted") throw error;
    say(`Whether the SCIM integration is on in Astro could not be read: ${printable(error.message)}`);
    return undefined;
  }
  return isEnabled;
}

/** Nobody is asked for a token: nothing of the sheet depends on it. One that was named must be one. */
async function targetWithToken(io: Io, flags: SetupFlags): Promise<Target | undefined> {
  try {
    return await resolveTarget(flags, { io, intent: "read", withoutTarget: "organization of the token" });
  } catch (error) {
    const isNamed = flags.token !== undefined || flags.tokenFile !== undefined;
    if (isNamed || !(error instanceof AppError)) throw error;
    return undefined;
  }
}
