/** Replace, which is five functions in one: which one depends on the parameters that are given. */

import { DotnetError } from "../../dotnet/dotnet-error.ts";
import {
  extractGroup,
  groupNumber,
  replaceGroup,
  replaceMatches,
  replaceText,
} from "../../dotnet/regex-replacement.ts";
import { compileDotnetRegex } from "../../dotnet/regex.ts";
import type { Arguments } from "../arguments.ts";
import { literalText, type CallExpression } from "../ast.ts";
import { complaintOf, defineFunction, type ExpressionFunction } from "./signature.ts";
import { isEmpty, textOf, type ExpressionValue } from "../values.ts";

/** Inferred: all seven have their place in a call, as in every documented example. */
export const replaceFunction: ExpressionFunction = defineFunction(
  "Replace(source, [oldValue], [regexPattern], [regexGroupName], [replacementValue], [replacementAttributeName], [template])",
  replace,
  { isPositional: true, check },
);

const parameter = {
  source: 0,
  old: 1,
  pattern: 2,
  group: 3,
  replacement: 4,
  attribute: 5,
  template: 6,
} as const;

/** The parameters that are given beside the source → what is done. */
const forms: ReadonlyMap<string, (source: string, given: Arguments) => string | null> = new Map([
  [
    "old replacement",
    (source, given) => replaceText(source, oldValue(given), given.text(parameter.replacement)),
  ],
  ["old template", (source, given) => replaceText(given.text(parameter.template), oldValue(given), source)],
  [
    "pattern replacement",
    (source, given) => replaceMatches(source, regexOf(given), given.text(parameter.replacement)),
  ],
  [
    "pattern group replacement",
    (source, given) =>
      replaceGroup(source, regexOf(given), given.text(parameter.group), given.text(parameter.replacement)),
  ],
  ["pattern group attribute", (source) => source],
]);

/** A source that is null is null, except in the form that fills it from another attribute (Inferred). */
function replace(given: Arguments): ExpressionValue {
  const source = given.value(parameter.source);
  const form = formOf((index) => given.isGiven(index));
  if (form === "pattern group attribute" && isEmpty(source)) return fromOtherAttribute(given);
  if (source === null) return null;
  return forms.get(form)?.(textOf(source), given) ?? null;
}

function fromOtherAttribute(given: Arguments): string | null {
  const other = given.text(parameter.attribute);
  return extractGroup(other, regexOf(given), given.text(parameter.group)) ?? null;
}

function oldValue(given: Arguments): string {
  const old = given.text(parameter.old);
  if (old === "") throw new DotnetError("oldValue is an empty string.");
  return old;
}

function regexOf(given: Arguments): ReturnType<typeof compileDotnetRegex> {
  return compileDotnetRegex(given.text(parameter.pattern));
}

function formOf(isGiven: (index: number) => boolean): string {
  return Object.entries(parameter)
    .filter(([name, index]) => name !== "source" && isGiven(index))
    .map(([name]) => name)
    .join(" ");
}

/** A pattern that is written in the expression is compiled when the expression is read. */
function check({ arguments: found }: CallExpression): string | undefined {
  const form = formOf((index) => found[index] !== null);
  if (!forms.has(form)) {
    return (
      "give oldValue with replacementValue or template, or regexPattern with replacementValue, with regexGroupName " +
      "and replacementValue, or with regexGroupName and replacementAttributeName"
    );
  }
  const pattern = literalText(found[parameter.pattern]);
  const group = literalText(found[parameter.group]);
  if (pattern === undefined) return undefined;
  return complaintOf(() => {
    const regex = compileDotnetRegex(pattern);
    if (group !== undefined) groupNumber(regex, group);
  });
}
