/** What must be so before a command may touch its target: named rules, each giving the refusal or nothing. */

import { AppError } from "../ground/errors.ts";
import type { Target } from "./resolve-target.ts";

/** @throws AppError the first refusal that there is */
export function throwFirst(refusals: readonly (AppError | undefined)[]): void {
  const first = refusals.find((refusal) => refusal !== undefined);
  if (first !== undefined) throw first;
}

/** True where the target is on this machine: nothing real can be harmed. */
export function isLocal(target: Target): boolean {
  return target.kind === "in-process" || target.isLoopback;
}

/**
 * What invents people or Teams needs `--allow-remote` for any server that is not on this machine;
 * even then it must ask first (`mustAskFirst`).
 */
export function refuseInventedPeople(
  target: Target,
  flags: { readonly allowRemote?: boolean | undefined },
): AppError | undefined {
  if (target.kind === "in-process" || target.isLoopback || flags.allowRemote === true) return undefined;
  return new AppError("refused", `This would create test users on ${hostOf(target.baseUrl)}.`, {
    hint: "Leave the target out to use a local Astro, or add --allow-remote if you mean that server.",
  });
}

/** True where a simulation that was allowed to leave this machine must be agreed to (`--yes` answers in a script). */
export function mustAskFirst(target: Target): boolean {
  return !isLocal(target);
}

/** How a command is given its directory. */
export type DirectoryNaming = "from" | "either";

const namingWords: Readonly<Record<DirectoryNaming, string>> = {
  from: "with --from",
  either: "as an argument or with --from",
};

/** With a target the directory is named too: the default fixtures are for the in-process Astro. */
export function refuseUnnamedDirectory(
  target: Target,
  { isNamed, namedBy }: { readonly isNamed: boolean; readonly namedBy: DirectoryNaming },
): AppError | undefined {
  if (target.kind === "in-process" || isNamed) return undefined;
  return new AppError("usage", "With a target, a directory is required.", {
    hint: `Give it ${namingWords[namedBy]}: a fixture, okta, entra, or a file (docs/directories.md).`,
  });
}

/** Without a target, Astro is one inside the process; compared with a real company it would lack everybody. */
export function refuseEmptyAstro(
  target: Target,
  { isLive }: { readonly isLive: boolean },
): AppError | undefined {
  if (target.kind === "remote") return undefined;
  const which = isLive ? "A live directory" : "This directory";
  return new AppError("usage", `${which} needs a target: the local Astro inside the process is empty.`, {
    hint: "Add --url, --org or --profile. To rehearse the directory without one, use astro-scim simulate.",
  });
}

/** The people of a fixture that came with the package are made up; no real server is compared with them. */
export function refuseShippedFixture(target: Target, isShipped: boolean): AppError | undefined {
  if (!isShipped || target.kind === "in-process" || target.isLoopback) return undefined;
  return new AppError(
    "refused",
    `A fixture that comes with astro-scim cannot be used with ${hostOf(target.baseUrl)}.`,
    {
      hint: "Its users are fictional. Write a fixture of your own directory, or leave the target out.",
    },
  );
}

/** `readOnly` in a profile; the sender refuses too, but a command says it before it makes a plan. */
export function refuseReadOnly(target: Target): AppError | undefined {
  if (target.kind === "in-process" || target.profile?.readOnly !== true) return undefined;
  return new AppError("refused", `The ${target.profile.label} is marked readOnly.`, {
    hint: "Choose another profile, or leave the target out to use a local Astro.",
  });
}

function hostOf(baseUrl: string): string {
  return new URL(baseUrl).host;
}
