/** Okta Expression Language overview: Group functions, as far as they are not for token claims alone. */

import type { ExpressionGroup } from "../context.ts";
import { ExpressionError } from "../expression-error.ts";
import { expressionFunction, type ArgumentValues, type ExpressionFunction } from "./function.ts";
import { compileJavaRegex } from "../java-regex.ts";
import { isObject, listOf, textOf, type ExpressionObject, type ExpressionValue } from "../value.ts";

/** By name a group of any source counts. Inferred: names mind case, as texts do elsewhere in the language. */
export const membershipFunctions: readonly ExpressionFunction[] = [
  isMember("isMemberOfGroup(groupId)", ({ id }, groupId) => id === groupId),
  isMember("isMemberOfAnyGroup(groupId, …)", ({ id }, groupId) => id === groupId),
  isMember("isMemberOfGroupName(name)", ({ name }, wanted) => name === wanted),
  isMember("isMemberOfGroupNameStartsWith(prefix)", ({ name }, prefix) => name.startsWith(prefix)),
  isMember("isMemberOfGroupNameContains(part)", ({ name }, part) => name.includes(part)),
  expressionFunction(
    "isMemberOfGroupNameRegex(regex)",
    ([pattern = null], { groups }) => {
      const regex = compileJavaRegex(textOf(pattern));
      return groups.some(({ name }) => regex.test(name));
    },
    {
      hangsOn: "groups",
      check: ([pattern]) => {
        if (pattern !== undefined) compileJavaRegex(textOf(pattern));
      },
    },
  ),
  expressionFunction("user.getGroups(criterion, …)", getGroups, {
    hangsOn: "groups",
    accepts: () => true,
  }),
];

function isMember(
  signature: string,
  holds: (group: ExpressionGroup, wanted: string) => boolean,
): ExpressionFunction {
  return expressionFunction(
    signature,
    (values, { groups }) => {
      const wanted = values.map(textOf);
      return groups.some((group) => wanted.some((one) => holds(group, one)));
    },
    { hangsOn: "groups" },
  );
}

/** The groups for which every criterion holds; of the values of one key any will do (Okta Expression Language: group functions). */
function getGroups(
  criteria: ArgumentValues,
  { groups }: { groups: readonly ExpressionGroup[] },
): ExpressionValue {
  const tests = criteria.map(criterionOf);
  return groups.filter((group) => tests.every((test) => test(group))).map(groupObject);
}

type GroupTest = (group: ExpressionGroup) => boolean;

const keys = ["group.id", "group.source.id", "group.type", "group.profile.name"] as const;

/** @throws ExpressionError for what is not a map of these keys */
function criterionOf(value: ExpressionValue): GroupTest {
  if (!isObject(value) || value.noun !== "map") {
    throw new ExpressionError("user.getGroups takes maps, such as {'group.profile.name': 'West Coast'}");
  }
  const operator = textOf(value.attributes.get("operator") ?? "STARTS_WITH");
  if (operator !== "STARTS_WITH" && operator !== "EXACT") {
    throw new ExpressionError(`The operator of user.getGroups is STARTS_WITH or EXACT, not '${operator}'`);
  }
  const tests = [...value.attributes]
    .filter(([key]) => key !== "operator")
    .map(([key, values]) => testOf(key, operator, asValues(values)));
  return (group) => tests.every((test) => test(group));
}

/** Inferred: a text is one value here, since a group's name may have a comma. */
function asValues(value: ExpressionValue): readonly string[] {
  return (typeof value === "string" ? [value] : listOf(value)).map(textOf);
}

function testOf(key: string, operator: "STARTS_WITH" | "EXACT", values: readonly string[]): GroupTest {
  switch (key) {
    case "group.id":
      return ({ id }) => values.some((value) => value === id);
    // The groups of a directory here are Okta's own: none has a source.
    case "group.source.id":
      return () => false;
    case "group.type":
      return ({ type }) => values.includes(type);
    case "group.profile.name":
      return ({ name }) =>
        values.some((value) => (operator === "EXACT" ? name === value : name.startsWith(value)));
    default:
      throw new ExpressionError(`user.getGroups has no key '${key}', only ${keys.join(", ")} and operator`);
  }
}

function groupObject({ id, name, type }: ExpressionGroup): ExpressionObject {
  const profile: ExpressionObject = { noun: "profile", attributes: new Map([["name", name]]) };
  return {
    noun: "group",
    attributes: new Map<string, ExpressionValue>([
      ["id", id],
      ["name", name],
      ["type", type],
      ["profile", profile],
    ]),
  };
}
