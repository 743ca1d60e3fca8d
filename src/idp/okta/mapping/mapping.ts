/** How an Okta profile becomes the profile of the Astro app: what each attribute is made of. */

import {
  appAttributeNames,
  expressionOf,
  type MappingEntry,
} from "../../../astro/okta-attributes/okta-app-attribute.ts";
import type { OktaDataType } from "../../../astro/okta-attributes/okta-data-type.ts";
import type { OktaAppSettings } from "../../../directory/app-settings.ts";
import type { Directory, DirectoryUser } from "../../../directory/directory.ts";
import { AppError } from "../../../ground/errors.ts";
import { namingWhom } from "../../../patterns/slow-pattern.ts";
import { unmappable, type Unmappable } from "../../accounts/unmappable.ts";
import {
  appAttributes,
  areAppValues,
  type AppAttribute,
  type AppValue,
  type AppValues,
} from "./app-attributes.ts";
import { callsIn, referencesIn, type Expression } from "../expression/ast.ts";
import type { EvaluationContext } from "../expression/context.ts";
import { evaluateExpression } from "../expression/evaluate.ts";
import { ExpressionError } from "../expression/expression-error.ts";
import type { KnownNames } from "../expression/known-names.ts";
import { isList, isSameValue, textOf } from "../expression/value.ts";
import { compileExpression, knownNames, mappingOf, userNameFormat } from "./compile-expression.ts";
import { contextOf, groupsOfUsers, type GroupsOfUser, type Properties } from "./mapping-context.ts";
import { typedValue } from "./typed-value.ts";

/** What the app knows of a user: the account as the settings would have it. Unset attributes are absent. */
export interface AppProfile {
  /** The application username. */
  readonly userName: string;
  readonly attributes: AppValues;
  /**
   * Where the mappings ask for the user's groups or the time: the rest of what they were applied to. Another profile
   * made from the same is not a change.
   */
  readonly madeFrom?: string;
}

/** One row of the mappings. */
interface MappingRow {
  /** Its name in the app. */
  readonly attribute: string;
  readonly type: OktaDataType;
  readonly expression: Expression;
}

/** The mappings, parsed and checked. */
export interface Mapping {
  readonly attributes: readonly AppAttribute[];
  readonly userName: Expression;
  /** The expression of the userName as it was written. */
  readonly userNameSource: string;
  /** In an order in which each finds what it reads of `appuser`. */
  readonly rows: readonly MappingRow[];
  /** The groups of a user; undefined where no expression asks for them. */
  readonly groups: GroupsOfUser | undefined;
  /** Every expression as it was written; undefined where they hang on nothing but the user's profile. */
  readonly sources: string | undefined;
  readonly now: Date | undefined;
  readonly properties: Properties;
}

/**
 * Parses the expressions of the settings. A row whose expression is empty maps nothing.
 * @param now the instant of a run, which `Time.now()` yields; without it that function has no value
 * @throws AppError invalid-file for an unknown app attribute, an expression that is wrong, rows that read each
 * other through `appuser`, and an attribute of the profile that is neither in Okta's base profile nor among the
 * custom ones nor set on any user of the directory.
 */
export function compileMapping(settings: OktaAppSettings, directory: Directory, now?: Date): Mapping {
  try {
    return compileRows(settings, { directory, now, known: knownNames(settings, []) });
  } catch {
    // An attribute that is set on any user of the directory is known, too: all users are checked only if that decides.
    return compileRows(settings, { directory, now, known: knownNames(settings, directory.users.values()) });
  }
}

interface Compiling {
  readonly directory: Directory;
  readonly now: Date | undefined;
  readonly known: KnownNames;
}

function compileRows(settings: OktaAppSettings, { directory, now, known }: Compiling): Mapping {
  const { applicationUsername } = settings;
  const attributes = appAttributes(settings);
  const properties = { app: settings.appProperties, org: settings.orgProperties };
  const sources = Object.entries(settings.mappings)
    .map(([name, entry]) => [name, expressionOf(entry)] as const)
    .filter(([, source]) => source.trim() !== "");
  const userName = compileExpression(userNameFormat, applicationUsername, known);
  const appuser = new Set(["userName", ...appAttributeNames(settings.mappings)]);
  const rows = sources.map(([name, source]) => ({
    attribute: name,
    type: dataTypeOf(
      settings.mappings[name] ?? "",
      attributes.find((one) => one.name === name),
    ),
    expression: compileExpression(mappingOf(name), source, { ...known, appuser }),
  }));
  const calls = [userName, ...rows.map(({ expression }) => expression)].flatMap(callsIn);
  const hangsOn = new Set(calls.map(({ called }) => called.hangsOn));
  return {
    attributes,
    userName,
    userNameSource: applicationUsername,
    rows: inOrderOfReading(rows),
    groups: hangsOn.has("groups") ? groupsOfUsers(directory) : undefined,
    sources:
      hangsOn.has("groups") || hangsOn.has("time")
        ? JSON.stringify([applicationUsername, sources, ...statedIn(properties)])
        : undefined,
    now,
    properties,
  };
}

/**
 * The app profile of one user, or why there is none.
 * @throws AppError invalid-file for a regular expression that takes too long
 */
export function mapUser(mapping: Mapping, user: DirectoryUser): AppProfile | Unmappable {
  return namingWhom(
    () => `The profile of ${user.key}`,
    () => mappedUser(mapping, user),
  );
}

function mappedUser(mapping: Mapping, user: DirectoryUser): AppProfile | Unmappable {
  const made = new Map<string, AppValue>();
  const { groups, now, properties } = mapping;
  const context = contextOf(user, { groups, now, properties, made });
  try {
    const userName = evaluateText(mapping.userName, context);
    if (userName === undefined) return unmappable(`has no userName: ${mapping.userNameSource} is empty`);
    made.set("userName", userName);
    const values: (readonly [string, AppValue])[] = [];
    for (const { attribute, type, expression } of mapping.rows) {
      const value =
        type === "string"
          ? evaluateText(expression, context)
          : typedValue(evaluateExpression(expression, context), { attribute, type });
      if (value === undefined) continue;
      values.push([attribute, value]);
      made.set(attribute, value);
    }
    const attributes = Object.fromEntries(values);
    if (!areAppValues(attributes)) throw new TypeError("a documented attribute holds a text");
    return { userName, attributes, ...madeFrom(mapping, user) };
  } catch (error) {
    if (error instanceof ExpressionError) return unmappable(`has no profile: ${error.message}`);
    throw error;
  }
}

/**
 * Whether two app profiles say the same: a change is what Okta pushes (Okta: Understanding SCIM, update). The group
 * functions are not evaluated again when a membership changes, only when the app is assigned or mappings are
 * applied (Okta Expression Language overview, Group functions): what differs by memberships alone is not a change. Inferred:
 * neither is what differs by the time alone.
 */
export function isSameProfile(first: AppProfile, second: AppProfile): boolean {
  if (first.madeFrom !== undefined && first.madeFrom === second.madeFrom) return true;
  const [values, others] = [Object.entries(first.attributes), second.attributes];
  return (
    first.userName === second.userName &&
    values.length === Object.keys(others).length &&
    values.every(([name, value]) => Object.hasOwn(others, name) && isSameValue(others[name] ?? null, value))
  );
}

/**
 * Inferred: `appuser` in a mapping towards the app reads what the mappings make of the user, as it is once they have
 * been applied.
 * @throws AppError invalid-file for rows that read each other
 */
function inOrderOfReading(rows: readonly MappingRow[]): readonly MappingRow[] {
  const ordered: MappingRow[] = [];
  let waiting = rows;
  while (waiting.length > 0) {
    const names = new Set<string>(waiting.map(({ attribute }) => attribute));
    const readsNone = ({ expression }: MappingRow): boolean =>
      !referencesIn(expression).some(({ root, attribute }) => root === "appuser" && names.has(attribute));
    const ready = waiting.filter(readsNone);
    if (ready.length === 0) {
      throw new AppError(
        "invalid-file",
        `The mappings of ${[...names].join(", ")} read each other through appuser.`,
        {
          hint: "Let one of them read user.<attribute> instead.",
        },
      );
    }
    ordered.push(...ready);
    waiting = waiting.filter((row) => !ready.includes(row));
  }
  return ordered;
}

/** Nothing where there are none, as in the memories of before there were any. */
function statedIn(properties: Properties): readonly Properties[] {
  return Object.values(properties).some((some) => Object.keys(some).length > 0) ? [properties] : [];
}

function madeFrom({ sources }: Mapping, { profile }: DirectoryUser): { readonly madeFrom?: string } {
  if (sources === undefined) return {};
  const attributes = Object.entries(profile).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { madeFrom: JSON.stringify([sources, attributes]) };
}

/** What has no namespace has a data type all the same. */
function dataTypeOf(entry: MappingEntry, attribute: AppAttribute | undefined): OktaDataType {
  return attribute?.type ?? (typeof entry === "string" ? undefined : entry.type) ?? "string";
}

/** Inferred: a value that is not a text is sent as its text, and null or an empty text is not sent. */
function evaluateText(expression: Expression, context: EvaluationContext): string | undefined {
  const value = evaluateExpression(expression, context);
  if (isList(value)) {
    throw new ExpressionError(
      "A list cannot be the value of a string attribute; Arrays.toCsvString converts it to a string",
    );
  }
  const text = textOf(value);
  return text === "" ? undefined : text;
}
