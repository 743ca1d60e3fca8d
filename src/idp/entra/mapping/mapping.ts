/** The attribute mappings of users or groups, compiled: what each object's attributes make of the target's. */

import type { Directory, ProfileValue } from "../../../directory/directory.ts";
import type {
  EntraAppSettings,
  EntraMapping,
  EntraObjectMapping,
} from "../../../directory/entra-app-settings.ts";
import { AppError } from "../../../ground/errors.ts";
import { namingWhom } from "../../../patterns/slow-pattern.ts";
import { nearestName } from "../../../ground/nearest-name.ts";
import { groupResourceType } from "../../../scim/schema/group.ts";
import type { ResourceType } from "../../../scim/schema/attribute.ts";
import { userResourceType } from "../../../scim/schema/user.ts";
import { callsIn, referencesIn, type CallExpression } from "../expression/ast.ts";
import type { EvaluationContext } from "../expression/context.ts";
import { evaluateExpression } from "../expression/evaluate.ts";
import { ExpressionError } from "../expression/expression-error.ts";
import { parseExpression } from "../expression/parse.ts";
import type { ExpressionValue } from "../expression/values.ts";
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
  /** Every source attribute that is read, references apart: what a change is told by. */
  readonly sources: readonly string[];
  readonly inScope: ScopeTest;
}

/** A value for one attribute of the target. */
export interface MappedAttribute {
  readonly target: TargetAttribute;
  readonly value: MappedValue;
  readonly row: MappingRow;
}

/** What an expression may need beside the object. */
export type EvaluationWorld = Pick<EvaluationContext, "now" | "random" | "defaultDomain">;

/**
 * Without a directory it is not checked whether any user has the attributes that the mappings read.
 * @throws AppError invalid-file for a mapping or a scoping filter that is wrong; nothing was sent then
 */
export function compileUserMapping(settings: EntraAppSettings, directory?: Directory): Mapping {
  if (directory === undefined) return compile(settings.users, userResourceType, undefined);
  const known = new Set(userSourceAttributes);
  for (const { profile } of directory.users.values()) {
    for (const name of Object.keys(profile)) known.add(name);
  }
  return compile(settings.users, userResourceType, known);
}

/** @throws AppError invalid-file for a mapping or a scoping filter that is wrong; nothing was sent then */
export function compileGroupMapping(settings: EntraAppSettings): Mapping {
  return compile(settings.groups, groupResourceType, groupSourceAttributes);
}

export interface Evaluation {
  readonly read: AttributeReader;
  readonly world: EvaluationWorld;
  /** Whether the object is to be created: then defaults count, and rows that apply only during creation. */
  readonly creating: boolean;
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
    return value === undefined ? [] : [{ target: row.target, value, row }];
  });
}

/** The values of the matching attributes, in the order of their precedence; whatever is empty is left out. */
export function matchingAttributes(mapping: Mapping, evaluation: Evaluation): readonly MappedAttribute[] {
  return mapping.matching.flatMap((row) => {
    const value = valueOf(row, evaluation);
    return value === undefined ? [] : [{ target: row.target, value, row }];
  });
}

/** What the mappings and the filters read of an object, by which a change is told. */
export function sourceValues(
  mapping: Mapping,
  read: AttributeReader,
): Readonly<Record<string, ProfileValue>> {
  return Object.fromEntries(mapping.sources.map((name) => [name, read(name)]));
}

function valueOf(row: MappingRow, { read, world, creating, unchanged }: Evaluation): MappedValue | undefined {
  const context = {
    ...world,
    attribute: read,
    ...(unchanged === undefined ? {} : { switchNullBug: unchanged }),
  };
  const value = namingWhom(
    () => `The mapping of ${row.target.path.text} for ${nameOf(read)}`,
    () => row.evaluate(context),
  );
  const mapped = mappedValue(value, row.target.type);
  if (mapped !== undefined || !creating || row.defaultIfNull === undefined) return mapped;
  return mappedValue(row.defaultIfNull, row.target.type);
}

/** By which people know a user or a group. */
function nameOf(read: AttributeReader): string {
  return String(read("userPrincipalName") ?? read("displayName") ?? "an object without a name");
}

/** Undefined where it is not asked. */
type KnownAttributes = ReadonlySet<string> | undefined;

function compile(object: EntraObjectMapping, type: ResourceType, known: KnownAttributes): Mapping {
  const rows = object.mappings.map((mapping) => compileRow(mapping, type, known));
  const precedence = object.mappings
    .flatMap(({ matching }, index) => (matching === undefined ? [] : [{ matching, row: rows[index] }]))
    .toSorted((one, other) => one.matching - other.matching);
  const matching = precedence.flatMap(({ row }) => row ?? []);
  if (matching.length === 0) {
    throw new AppError("invalid-file", `No mapping of ${type.name}s is a matching one.`, {
      hint: "Give one of them a matching precedence: matching: 1.",
    });
  }
  requireReadableFilters(object, known);
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

function compileRow(mapping: EntraMapping, type: ResourceType, known: KnownAttributes): MappingRow {
  const target = targetAttribute(mapping.target, type);
  const { source, applies, defaultIfNull } = mapping;
  const call = source.kind === "expression" ? parsed(mapping.target, source.text) : undefined;
  const sources = sourcesOf(source, call);
  for (const name of sources) requireKnown(`The mapping of ${mapping.target}`, name, known);
  return {
    target,
    sources,
    defaultIfNull,
    onlyAtCreation: applies === "only-during-creation",
    evaluate: evaluator(source, call),
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
    throw new AppError("invalid-file", `The mapping of ${target} is wrong: ${text}\n${error.message}`, {
      cause: error,
    });
  }
}

function requireReadableFilters({ scopingFilters }: EntraObjectMapping, known: KnownAttributes): void {
  for (const { clauses } of scopingFilters) {
    for (const { attribute } of clauses) requireKnown("A scoping filter", attribute, known);
  }
}

function requireKnown(where: string, name: string, known: KnownAttributes): void {
  if (known === undefined || known.has(name) || isDirectoryExtension(name)) return;
  const nearest = nearestName(name, [...known]);
  throw new AppError(
    "invalid-file",
    `${where} reads [${name}], which is neither one of Entra's attributes nor set on anybody.`,
    {
      hint:
        nearest === undefined
          ? "A fixed value is written { constant: … }; an attribute of your own stands under profile: of a user."
          : `Did you mean ${nearest}?`,
    },
  );
}
