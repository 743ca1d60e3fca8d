/** What IAM tells about an organization whose SCIM endpoint refuses: whether it is there, and how to compare without SCIM. */

import { ScimRefusal } from "../../astro/api/judge.ts";
import { NotThere } from "../../astro/iam/judge.ts";
import { readScimSwitch } from "../../astro/iam/read-side.ts";
import { iamBeside } from "../../assembly/read-iam.ts";
import type { ApisConnection } from "../../assembly/connect.ts";
import { AppError } from "../../ground/errors.ts";
import type { Connected } from "../connected.ts";

export interface ScimRefusalOptions {
  /** False with `--api scim`, which leaves IAM out. */
  readonly mayAskIam: boolean;
  /** The command line that compares over IAM alone. */
  readonly overIam: string;
}

/**
 * The error, with the command that does without SCIM. Where SCIM answered 404, IAM is asked for the organization, so that an
 * unknown one is the same error here as in the commands that read IAM.
 */
export async function explainScimRefusal(
  error: unknown,
  { connection }: Pick<Connected, "connection">,
  { mayAskIam, overIam }: ScimRefusalOptions,
): Promise<unknown> {
  if (!(error instanceof ScimRefusal) || error.status === 401) return error;
  const apis = iamBeside(connection, error.saidIam);
  if (apis === undefined) return error;
  if (error.status === 403) return withCommand(error, error.hint ?? "", overIam);
  if (!mayAskIam) return error;
  const found = await scimSwitch(apis);
  if (found instanceof AppError) return found;
  return found === false ? withCommand(error, scimIsDisabled, overIam) : error;
}

function withCommand(error: AppError, advice: string, command: string): AppError {
  const hint = `${advice} To compare over the IAM API instead: ${command}`;
  return new AppError(error.code, error.message, { hint, cause: error });
}

const scimIsDisabled =
  "SCIM is disabled for this organization: enable it in Astro (Organization Settings > Authentication).";

/** Whether SCIM is enabled, or why the organization cannot be read; undefined where that cannot be found out. */
async function scimSwitch(apis: ApisConnection): Promise<boolean | AppError | undefined> {
  try {
    return await readScimSwitch(apis.send, apis);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const isAboutOrganization = error.code === "unauthorized" || error instanceof NotThere;
    return isAboutOrganization || error.code === "interrupted" ? error : undefined;
  }
}
