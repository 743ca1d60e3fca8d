/** Replacing what a regular expression matches, as .NET's Regex.Replace does. */

import { takenBy, type PatternMatch } from "../../../patterns/pattern-match.ts";
import { DotnetError } from "./dotnet-error.ts";
import type { DotnetRegex } from "./regex.ts";

/** No text of a mapping is longer; nested replacements could grow one without end. */
export const maxTextLength = 65_536;

/**
 * The text with a replacement in place of every match (.NET: Substitutions in regular expressions): `$1`, `${name}`,
 * `$$`, `$&`, `` $` ``, `$'`, `$+`, `$_`. A group that the pattern does not have stands as it is written.
 * @throws DotnetError where the result is longer than the limit
 */
export function replaceMatches(text: string, regex: DotnetRegex, replacement: string): string {
  return rebuild(text, regex, (match) => ({
    from: match.spans[0][0],
    to: match.spans[0][1],
    by: substitute(replacement, match, regex),
  }));
}

/**
 * The text with the replacement, literally, in place of what one group took of every match.
 * @throws DotnetError for a group that the pattern does not have, and where the result is longer than the limit
 */
export function replaceGroup(text: string, regex: DotnetRegex, group: string, replacement: string): string {
  const number = groupNumber(regex, group);
  return rebuild(text, regex, (match) => {
    const place = match.spans[number];
    return place === undefined ? undefined : { from: place[0], to: place[1], by: replacement };
  });
}

/**
 * What a group took of the first match; undefined where there is none.
 * @throws DotnetError for a group that the pattern does not have
 */
export function extractGroup(text: string, regex: DotnetRegex, group: string): string | undefined {
  const number = groupNumber(regex, group);
  const match = regex.pattern.firstMatch(text);
  return match && takenBy(match, number);
}

/** @throws DotnetError for a group that the pattern does not have */
export function groupNumber(regex: DotnetRegex, group: string): number {
  const number = regex.groups.get(group);
  if (number === undefined) throw new DotnetError(`The regular expression has no group named ${group}.`);
  return number;
}

/** Every occurrence, literally. @throws DotnetError where the result is longer than the limit */
export function replaceText(text: string, old: string, replacement: string): string {
  const pieces = text.split(old);
  const grown = (pieces.length - 1) * (replacement.length - old.length);
  if (text.length + grown > maxTextLength) throw textTooLong();
  return pieces.join(replacement);
}

export function textTooLong(): DotnetError {
  return new DotnetError(`A string would be longer than ${maxTextLength} characters.`);
}

interface Replaced {
  readonly from: number;
  readonly to: number;
  readonly by: string;
}

function rebuild(
  text: string,
  { pattern }: DotnetRegex,
  replaced: (match: PatternMatch) => Replaced | undefined,
): string {
  let built = "";
  let at = 0;
  for (const match of pattern.matches(text)) {
    const part = replaced(match);
    // A group within a lookaround may stand before what was replaced last.
    if (part === undefined || part.from < at) continue;
    built += text.slice(at, part.from) + part.by;
    at = part.to;
    if (built.length > maxTextLength) throw textTooLong();
  }
  return built + text.slice(at);
}

function substitute(replacement: string, match: PatternMatch, { groups }: DotnetRegex): string {
  return replacement.replaceAll(/\$(?:(\d+)|\{(\w+)\}|([$&`'+_]))/g, (written, number, name, sign) => {
    if (sign === "+") return lastGroup(match, groups);
    if (sign !== undefined) return signs[String(sign)]?.(match) ?? written;
    const group = groups.get(String(name ?? number).replace(/^0+(?=\d)/, ""));
    return group === undefined ? written : (takenBy(match, group) ?? "");
  });
}

/** The group with the highest of .NET's numbers; the whole match where there is no group. */
function lastGroup(match: PatternMatch, groups: DotnetRegex["groups"]): string {
  return takenBy(match, groups.get(String(match.spans.length - 1)) ?? 0) ?? "";
}

const signs: Readonly<Record<string, (match: PatternMatch) => string>> = {
  $: () => "$",
  "&": ({ input, spans: [[from, to]] }) => input.slice(from, to),
  "`": ({ input, spans: [[from]] }) => input.slice(0, from),
  "'": ({ input, spans: [[, to]] }) => input.slice(to),
  _: ({ input }) => input,
};
