/** The `Next:` line that ends a report: a command that can be pasted. */

import { printable } from "../report/printable.ts";
import { shellWord } from "../shell-word.ts";
import type { Session } from "./session.ts";
import type { RemoteTarget } from "./target/resolve-target.ts";

/** `--from FIXTURE --url URL` of this session, and its `--state FILE`, ready for a shell; the token is never part of it. */
export function targetArguments(
  { target, fixture }: Session,
  { state }: { readonly state?: string } = {},
): string {
  const from = `--from ${quoted(fixture.file)}`;
  const memory = state === undefined ? "" : ` --state ${quoted(state)}`;
  return target.kind === "in-process" ? from : `${from} ${namedTarget(target)}${memory}`;
}

/** `--url URL` or `--profile NAME`. */
export function namedTarget({ profile, baseUrl }: RemoteTarget): string {
  return profile === undefined ? `--url ${quoted(baseUrl)}` : `--profile ${quoted(profile.name)}`;
}

/** A word for a POSIX shell, control characters escaped. */
export function quoted(word: string): string {
  return printable(shellWord(word));
}
