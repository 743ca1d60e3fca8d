/** The attribute mappings of users or groups, compiled: what each object's attributes make of the target's. */

import { appRoleAssignments, type AppRole } from "../../../directory/app-role.ts";
import type { Directory, ProfileValue } from "../../../directory/directory.ts";
import type {
  EntraAppSettings,
  EntraIntegration,
  EntraMapping,
  EntraObjectMapping,
} from "../../../directory/entra-app-settings.ts";
import type { ScopingFilter } from "../../../directory/scoping-filter.ts";
import { AppError } from "../../../ground/errors.ts";
import { namingWhom } from "../../../patterns/slow-pattern.ts";
import { nearestName } from "../../../ground/text/nearest-name.ts";
import { groupResourceType } from "../../../scim/schema/group.ts";
import type { ResourceType } from "../../../scim/schema/attribute.ts";
import { userResourceType } from "../../../scim/schema/user.ts";
import { callsIn, referencesIn, type CallExpression } from "../expression/ast.ts";
import type { EvaluationContext } from "../expression/context.ts";
import { evaluateExpression } from "../expression/evaluate.ts";
import { ExpressionError } from "../expression/expression-error.ts";
import { parseExpression } from "../expression/parse.ts";
import { listOf, type ExpressionValue } from "../expression/values.ts";
import { appRoleUse, appRoleValue, type AppRoleUse } from "./app-role-mapping.ts";
import { requireSimpleExtension } from "./custom-extension.ts";
import { mappedValue, type MappedValue } from "./mapped-value.ts";
import { compileScopingFilters, type ScopeTest } from "./scoping-filter.ts";
import {
  groupSourceAttributes,
  isDirectoryExtension,
  softDeletedAttribute,
  userSourceAttributes,
  type AttributeReader,
} from "./source-attributes.ts";
import { targetAttribute, type TargetAttribute } from "../../../astro/target-attribute.ts";

/** One row, parsed and checked. */
export interface MappingRow {
  readonly target: TargetAttribute;
  readonly onlyAtCreation: boolean;
  /** "Default value if null", which counts at creation only. */
  readonly defaultIfNull: string | undefined;
  /** Mapping type None: a default value without a source. */
  readonly isNone: boolean;
  /** Of a row of app roles: what becomes of them. */
  readonly appRoles: AppRoleUse | undefined;
  readonly evaluate: (context: EvaluationContext) => ExpressionValue;
  /** The source attributes that it reads. */
  readonly sources: readonly string[];
  /** Whether it follows IsSoftDeleted: then it is also sent for a user who leaves the scope. */
  readonly followsSoftDelete: boolean;
  /** Of a reference: the source attribute that names the other objects. */
  readonly reference: string | undefined;
  /** Whether the expression asks for the time or for chance, and so never gives the same value twice. */
  readonly isNeverTheSame: boolean;
  /** Whether roles replace what the target has (AssertiveAppRoleAssignmentsComplex) or are added to it. */
  readonly isAssertive: boolean;
}

export interface Mapping {
  readonly rows: readonly MappingRow[];
  /** Rows by which objects are matched, in the order of their precedence; at least one. */
  readonly matching: readonly MappingRow[];
  /** Every source attribute that is read, except references: a change is recognized by these. */
  readonly sources: readonly string[];
  readonly inScope: ScopeTest;
}

/** A value for one attribute of the target. */
export interface MappedAttribute {
  readonly target: TargetAttribute;
  readonly value: MappedValue;
  readonly row: MappingRow;
  /** Of a row of app roles: the roles that the user is assigned to. */
  readonly appRoles?: readonly AppRole[];
  /** A default value that is sent only where the target has none. */
  readonly onlyIfEmpty?: boolean;
}

/** What an expression may need beside the object. */
export type EvaluationWorld = Pick<EvaluationContext, "appRole" | "now" | "random" | "defaultDomain">;

/**
 * Without a directory it is not checked whether any user has the attributes that the mappings read.
 * @throws AppError invalid-file for a mapping or a scoping filter that is wrong; nothing was sent then
 */
export function compileUserMapping(settings: EntraAppSettings, directory?: Directory): Mapping {
  return compile(settings.users, userRows(settings, directory));
}

/** @throws AppError invalid-file for a mapping or a scoping filter that is wrong; nothing was sent then */
export function compileGroupMapping(settings: EntraAppSettings): Mapping {
  return compile(settings.groups, groupRows(settings));
}

/** What the rows of users may map, and read. */
export function userRows({ integration }: EntraAppSettings, directory?: Directory): RowContext {
  const context = { type: userResourceType, integration };
  if (directory === undefined) return { ...context, known: undefined };
  const known = new Set(userSourceAttributes);
  for (const { profile } of directory.users.values()) {
    for (const name of Object.keys(profile)) known.add(name);
  }
  return { ...context, known };
}

/** What the rows of groups may map, and read. */
export function groupRows({ integration }: EntraAppSettings): RowContext {
  return { type: groupResourceType, known: groupSourceAttributes, integration };
}

export interface Evaluation {
  readonly read: AttributeReader;
  readonly world: EvaluationWorld;
  /** Whether the object is to be created: then defaults count, and rows that apply only during creation. */
  readonly creating: boolean;
  /** In an update, the default value of a mapping without a source counts too, where the target has none. */
  readonly fillsEmpty?: boolean;
  /** Which attributes did not change, where this Entra has the trap of Switch. */
  readonly unchanged?: ((attribute: string) => boolean) | undefined;
}

/**
 * The attributes that an object is to have at the target, in the order of the mappings, references apart; whatever
 * has no value is left out, for clearing a value is not sent (Microsoft: Customize attribute mappings).
 * @throws ExpressionError for an expression that fails for this object; AppError invalid-file for a regular expression
 * that takes too long
 */
export function mapObject(mapping: Mapping, evaluation: Evaluation): readonly MappedAttribute[] {
  return mapping.rows.flatMap((row) => {
    if (row.reference !== undefined || (row.onlyAtCreation && !evaluation.creating)) return [];
    const value = valueOf(row, evaluation);
    if (value === undefined) return [];
    const roles = row.appRoles === undefined ? {} : { appRoles: appRolesOf(evaluation) };
    const isDefault = row.isNone && !evaluation.creating;
    return [{ target: row.target, value, row, ...roles, ...(isDefault ? { onlyIfEmpty: true } : {}) }];
  });
}

function appRolesOf({ read, world }: Evaluation): readonly AppRole[] {
  return listOf(read(appRoleAssignments)).map((assigned) => world.appRole(assigned));
}

/** The values of the matching attributes, in the order of their precedence; whatever is empty is left out. */
export function matchingAttributes(mapping: Mapping, evaluation: Evaluation): readonly MappedAttribute[] {
  return mapping.matching.flatMap((row) => {
    const value = valueOf(row, evaluation);
    return value === undefined ? [] : [{ target: row.target, value, row }];
  });
}

/** What the mappings and the filters read of an object; a change is recognized by it. */
export function sourceValues(
  mapping: Mapping,
  read: AttributeReader,
): Readonly<Record<string, ProfileValue>> {
  return Object.fromEntries(mapping.sources.map((name) => [name, read(name)]));
}

function valueOf(row: MappingRow, evaluation: Evaluation): MappedValue | undefined {
  const { read, world, creating, fillsEmpty = false, unchanged } = evaluation;
  const context = {
    ...world,
    attribute: (name: string) => valueThatIsThere(read(name)),
    ...(unchanged === undefined ? {} : { switchNullBug: unchanged }),
  };
  const value = namingWhom(
    () => `The mapping of ${row.target.path.text} for ${nameOf(read)}`,
    () => row.evaluate(context),
  );
  const mapped = mappedValue(value, row.target);
  const takesDefault = creating || (row.isNone && fillsEmpty);
  if (mapped !== undefined || !takesDefault || row.defaultIfNull === undefined) return mapped;
  return mappedValue(row.defaultIfNull, row.target);
}

/** A multi-valued attribute without a value is not set. */
function valueThatIsThere(value: ProfileValue): ProfileValue {
  return typeof value === "object" && value !== null && value.length === 0 ? null : value;
}

/** By which people know a user or a group. */
function nameOf(read: AttributeReader): string {
  return String(read("userPrincipalName") ?? read("displayName") ?? "an object without a name");
}

/** Undefined where it is not asked. */
type KnownAttributes = ReadonlySet<string> | undefined;

export interface RowContext {
  readonly type: ResourceType;
  readonly known: KnownAttributes;
  readonly integration: EntraIntegration;
}

function compile(object: EntraObjectMapping, context: RowContext): Mapping {
  const { type, known } = context;
  const rows = object.mappings.map((mapping) => compileRow(mapping, context));
  const precedence = object.mappings
    .flatMap(({ matching }, index) => (matching === undefined ? [] : [{ matching, row: rows[index] }]))
    .toSorted((one, other) => one.matching - other.matching);
  const matching = precedence.flatMap(({ row }) => row ?? []);
  if (matching.length === 0) {
    throw new AppError("invalid-file", `No mapping of ${type.name}s is a matching one.`, {
      hint: "Give one of them a matching precedence: matching: 1.",
    });
  }
  for (const filter of object.scopingFilters) requireReadable(filter, known);
  const inScope = compileScopingFilters(object.scopingFilters);
  const filtered = object.scopingFilters.flatMap(({ clauses }) => clauses.map(({ attribute }) => attribute));
  const read = rows.filter(({ reference }) => reference === undefined).flatMap(({ sources }) => sources);
  return {
    rows,
    matching,
    sources: [...new Set([...read, ...filtered])],
    inScope: (reader) =>
      namingWhom(
        () => `The scoping filters for ${nameOf(reader)}`,
        () => inScope(reader),
      ),
  };
}

/** @throws AppError invalid-file for a row that is wrong */
export function compileRow(mapping: EntraMapping, { type, known, integration }: RowContext): MappingRow {
  const target = targetAttribute(mapping.target, type);
  if (integration === "non-gallery") requireSimpleExtension(target);
  const { source, applies, defaultIfNull } = mapping;
  const call = source.kind === "expression" ? parsed(mapping.target, source.text) : undefined;
  const sources = sourcesOf(source, call);
  for (const name of sources) requireKnown(`The mapping of ${mapping.target}`, name, known);
  return {
    target,
    sources,
    defaultIfNull,
    isNone: source.kind === "none",
    appRoles: appRoleUse(source, call, target),
    onlyAtCreation: applies === "only-during-creation",
    evaluate: withAppRoles(evaluator(source, call), appRoleUse(source, call, target), target),
    followsSoftDelete: sources.includes(softDeletedAttribute),
    reference: target.type === "reference" ? referenceOf(mapping) : undefined,
    isNeverTheSame: call !== undefined && callsIn(call).some(({ name }) => neverTheSame.has(name)),
    isAssertive: call?.name === "AssertiveAppRoleAssignmentsComplex",
  };
}

const neverTheSame: ReadonlySet<string> = new Set(["Guid", "Now", "RandomString"]);

function sourcesOf(source: EntraMapping["source"], call: CallExpression | undefined): readonly string[] {
  if (source.kind === "direct") return [source.attribute];
  return call === undefined ? [] : [...new Set(referencesIn(call).map(({ name }) => name))];
}

function evaluator(source: EntraMapping["source"], call: CallExpression | undefined): MappingRow["evaluate"] {
  if (call !== undefined) return (context) => evaluateExpression(call, context);
  if (source.kind === "direct") return ({ attribute }) => attribute(source.attribute);
  const constant = source.kind === "constant" ? source.value : null;
  return () => constant;
}

function withAppRoles(
  evaluate: MappingRow["evaluate"],
  use: AppRoleUse | undefined,
  target: TargetAttribute,
): MappingRow["evaluate"] {
  if (use === undefined) return evaluate;
  return (context) => appRoleValue(evaluate(context), use, target, context);
}

/** Other objects are referred to by an attribute that holds such references, and by nothing else. */
function referenceOf({ target, source }: EntraMapping): string {
  if (source.kind === "direct" && (source.attribute === "members" || source.attribute === "manager")) {
    return source.attribute;
  }
  throw new AppError("invalid-file", `The target attribute ${target} refers to other objects.`, {
    hint: `Map it directly: from ${target === "members" ? "members" : "manager"}.`,
  });
}

function parsed(target: string, text: string): CallExpression {
  try {
    return parseExpression(text);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw new AppError("invalid-file", `The mapping of ${target} is not valid: ${error.message}`, {
      cause: error,
    });
  }
}

/** @throws AppError invalid-file for a filter of an attribute that nobody has */
export function requireReadable({ clauses }: ScopingFilter, known: KnownAttributes): void {
  for (const { attribute } of clauses) requireKnown("A scoping filter", attribute, known);
}

function requireKnown(where: string, name: string, known: KnownAttributes): void {
  if (known === undefined || known.has(name) || isDirectoryExtension(name)) return;
  const nearest = nearestName(name, [...known]);
  throw new AppError(
    "invalid-file",
    `${where} reads [${name}], which is not an attribute of Entra ID and not set on any user.`,
    {
      hint:
        nearest === undefined
          ? "Write a fixed value as { constant: … }; put your own attributes under profile: of a user."
          : `Did you mean ${nearest}?`,
    },
  );
}
