/** The `Next:` line that ends a report: a command that can be pasted. */

import { printable } from "../report/printable.ts";
import type { Session } from "./session.ts";

/** `--from FIXTURE --url URL` of this session, ready for a shell; the token is never part of it. */
export function targetArguments({ target, fixture }: Session): string {
  const from = `--from ${quoted(fixture.file)}`;
  if (target.kind === "in-process") return from;
  if (target.profile !== undefined) return `${from} --profile ${quoted(target.profile.name)}`;
  return `${from} --url ${quoted(target.baseUrl)}`;
}

/** A word for a POSIX shell; `?` is a glob in zsh, so what is not plain is quoted. Control characters are escaped. */
export function quoted(word: string): string {
  return printable(/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);
}
