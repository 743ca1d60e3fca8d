/** The `Next:` line that ends a report: a command that can be pasted. */

import { printable } from "../../ground/printable.ts";
import { shellWord } from "../../ground/shell-word.ts";
import type { Session } from "../session.ts";
import type { RemoteTarget } from "../../target/resolve-target.ts";

/** What says which directory, and how the target is reached. */
interface RepeatedFlags {
  readonly at?: string;
  readonly state?: string;
  readonly tokenFile?: string;
  readonly ca?: string;
}

/**
 * `--from FIXTURE --url URL` of this session, with the options that it needs to be the same directory and target, ready for a
 * shell. The token is never part of it; the name of its file is, unless that is a pipe, which can be read only once.
 */
export function targetArguments({ target, source }: Session, flags: RepeatedFlags = {}): string {
  const directory = [option("--from", source.name), flags.at === "end" ? "" : option("--at", flags.at)];
  const tokenFile = flags.tokenFile?.startsWith("/dev/") === true ? undefined : flags.tokenFile;
  const remote =
    target.kind === "in-process"
      ? []
      : [
          namedTarget(target),
          option("--token-file", tokenFile),
          option("--ca", flags.ca),
          option("--state", flags.state),
        ];
  return [...directory, ...remote].filter((word) => word !== "").join(" ");
}

function option(name: string, value: string | undefined): string {
  return value === undefined ? "" : `${name} ${quoted(value)}`;
}

/** `--url URL` or `--profile NAME`. */
export function namedTarget({ profile, baseUrl }: RemoteTarget): string {
  return profile === undefined ? `--url ${quoted(baseUrl)}` : `--profile ${quoted(profile.name)}`;
}

/** A word for a POSIX shell, control characters escaped. */
export function quoted(word: string): string {
  return printable(shellWord(word));
}
