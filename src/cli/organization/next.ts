/** The command that a report of users or Teams suggests next. */

import type { Target } from "../../target/resolve-target.ts";
import { namedTarget, quoted } from "../output/next-line.ts";

/** `astro-scim teams show NAME --url URL`; a word as it is meant, for a shell. */
export function nextRead(
  target: Target,
  words: readonly string[],
  { tokenFile }: { readonly tokenFile?: string },
): string {
  const where = target.kind === "in-process" ? [] : [namedTarget(target)];
  const token =
    tokenFile === undefined || tokenFile.startsWith("/dev/") ? [] : [`--token-file ${quoted(tokenFile)}`];
  return ["astro-scim", ...words.map(quoted), ...where, ...token].join(" ");
}

/** A name that can be typed as an argument, else the id: what begins with a dash would be an option. */
export function typeable(name: string, id: string): string {
  return name === "" || name.startsWith("-") ? id : name;
}
