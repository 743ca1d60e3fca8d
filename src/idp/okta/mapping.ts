/** How an Okta profile becomes the profile of the Astro app: which attributes there are, and what each is made of. */

import type { OktaAppSettings } from "../../directory/app-settings.ts";
import type { Directory, DirectoryUser } from "../../directory/directory.ts";
import { AppError } from "../../errors.ts";
import { unmappable, type Unmappable } from "../unmappable.ts";
import { baseProfileAttributes } from "./base-profile.ts";
import { referencesIn, type Expression } from "./expression/ast.ts";
import { evaluateExpression } from "./expression/evaluate.ts";
import { ExpressionError } from "./expression/expression-error.ts";
import { textOf } from "./expression/functions.ts";
import { parseExpression } from "./expression/parse.ts";

/**
 * The app's attributes by their names in the console, and the SCIM attribute each is sent as (Astro docs: Set up
 * SCIM provisioning, Okta). `userName` is not among them: it has no mapping row.
 */
export const appAttributes = {
  givenName: "name.givenName",
  familyName: "name.familyName",
  email: "emails[primary eq true].value",
  displayName: "displayName",
  profileUrl: "profileUrl",
} as const;

export type AppAttribute = keyof typeof appAttributes;

/** What the app knows of a user: the account as the settings would have it. Unset attributes are absent. */
export interface AppProfile {
  /** The application username. */
  readonly userName: string;
  readonly attributes: Readonly<Partial<Record<AppAttribute, string>>>;
}

/** The mappings, parsed and checked. */
export interface Mapping {
  readonly userName: Expression;
  /** The expression of the userName as it was written. */
  readonly userNameSource: string;
  readonly rows: readonly { readonly attribute: AppAttribute; readonly expression: Expression }[];
}

/**
 * Parses the expressions of the settings. A row whose expression is empty maps nothing.
 * @throws AppError invalid-file for an unknown app attribute, an expression that is wrong, and an attribute of
 * the profile that is neither in Okta's base profile nor set on any user of the directory.
 */
export function compileMapping(settings: OktaAppSettings, directory: Directory): Mapping {
  const known = knownAttributes(directory);
  const rows = Object.entries(settings.mappings)
    .filter(([, source]) => source.trim() !== "")
    .map(([name, source]) => ({
      attribute: appAttributeNamed(name),
      expression: compile(`The mapping of ${name}`, source, known),
    }));
  return {
    userName: compile("The application username format", settings.applicationUsername, known),
    userNameSource: settings.applicationUsername,
    rows,
  };
}

/** The app profile of one user, or why there is none. */
export function mapUser(mapping: Mapping, user: DirectoryUser): AppProfile | Unmappable {
  try {
    const userName = evaluate(mapping.userName, user);
    if (userName === "") return unmappable(`has no userName: ${mapping.userNameSource} is empty`);
    const attributes: Partial<Record<AppAttribute, string>> = {};
    for (const { attribute, expression } of mapping.rows) {
      const value = evaluate(expression, user);
      if (value !== "") attributes[attribute] = value;
    }
    return { userName, attributes };
  } catch (error) {
    if (error instanceof ExpressionError) return unmappable(`has no profile: ${error.message}`);
    throw error;
  }
}

/** Whether two app profiles say the same: a change is what Okta pushes (Okta: Understanding SCIM, update). */
export function isSameProfile(first: AppProfile, second: AppProfile): boolean {
  const names = Object.keys(appAttributes).filter(isAppAttribute);
  return (
    first.userName === second.userName &&
    names.every((name) => first.attributes[name] === second.attributes[name])
  );
}

export function isAppAttribute(name: string): name is AppAttribute {
  return Object.hasOwn(appAttributes, name);
}

function appAttributeNamed(name: string): AppAttribute {
  if (isAppAttribute(name)) return name;
  throw new AppError("invalid-file", `The app has no attribute "${name}" to map to.`, {
    hint: `Attributes of the app: ${Object.keys(appAttributes).join(", ")}; userName comes from applicationUsername.`,
  });
}

function compile(what: string, source: string, known: ReadonlySet<string>): Expression {
  try {
    const expression = parseExpression(source);
    const unknown = referencesIn(expression).find(({ attribute }) => !known.has(attribute));
    if (unknown !== undefined) {
      throw new ExpressionError(
        `user.${unknown.attribute} is neither in Okta's base profile nor set on any user of the directory.`,
      );
    }
    return expression;
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw new AppError("invalid-file", `${what} is wrong: ${source}\n${error.message}`, { cause: error });
  }
}

function knownAttributes(directory: Directory): ReadonlySet<string> {
  const known = new Set(baseProfileAttributes);
  for (const { profile } of directory.users.values()) {
    for (const name of Object.keys(profile)) known.add(name);
  }
  return known;
}

/** Inferred: a value that is no text is sent as its text, and null or an empty text is not sent. */
function evaluate(expression: Expression, { profile }: DirectoryUser): string {
  const value = evaluateExpression(expression, (name) =>
    Object.hasOwn(profile, name) ? (profile[name] ?? null) : null,
  );
  return textOf(value);
}
