/** One row of the attribute mappings, compiled. */

import type { EntraIntegration, EntraMapping } from "../../../directory/entra-app-settings.ts";
import { targetAttribute, type TargetAttribute } from "../../../astro/target-attribute.ts";
import { AppError } from "../../../ground/errors.ts";
import { nearestName } from "../../../ground/nearest-name.ts";
import type { ResourceType } from "../../../scim/schema/attribute.ts";
import { enterpriseUserSchemaUrn } from "../../../scim/urn.ts";
import { referencesIn, type CallExpression } from "../expression/ast.ts";
import type { EvaluationContext } from "../expression/context.ts";
import { evaluateExpression } from "../expression/evaluate.ts";
import { ExpressionError } from "../expression/expression-error.ts";
import { parseExpression } from "../expression/parse.ts";
import type { ExpressionValue } from "../expression/values.ts";
import { appRoleUse, appRoleValue, type AppRoleUse } from "./app-role-mapping.ts";
import { isDirectoryExtension, softDeletedAttribute } from "./source-attributes.ts";

/** One row, parsed and checked. */
export interface MappingRow {
  readonly target: TargetAttribute;
  readonly onlyAtCreation: boolean;
  /** "Default value if null", which counts at creation only. */
  readonly defaultIfNull: string | undefined;
  /** Mapping type None: a default value without a source. */
  readonly isNone: boolean;
  readonly evaluate: (context: EvaluationContext) => ExpressionValue;
  /** The source attributes that it reads. */
  readonly sources: readonly string[];
  /** Whether it follows IsSoftDeleted: then it is also sent for a user who leaves the scope. */
  readonly followsSoftDelete: boolean;
  /** Of a reference: the source attribute that names the other objects. */
  readonly reference: string | undefined;
  /** Of a row of app roles: what becomes of them. */
  readonly appRoles: AppRoleUse | undefined;
}

/** Source attributes that there are; undefined where it is not asked. */
export type KnownAttributes = ReadonlySet<string> | undefined;

export interface RowContext {
  readonly type: ResourceType;
  readonly known: KnownAttributes;
  readonly integration: EntraIntegration;
}

/** @throws AppError invalid-file for a target that there is not, an expression that is wrong, a source that nobody has */
export function compileRow(mapping: EntraMapping, { type, known, integration }: RowContext): MappingRow {
  const target = targetAttribute(mapping.target, type);
  if (integration === "non-gallery") requireSimpleExtension(target);
  const { source, applies, defaultIfNull } = mapping;
  const call = source.kind === "expression" ? parsed(mapping.target, source.text) : undefined;
  const sources = sourcesOf(source, call);
  const appRoles = appRoleUse(source, call, target);
  const evaluate = evaluator(source, call);
  for (const name of sources) requireKnown(`The mapping of ${mapping.target}`, name, known);
  return {
    target,
    sources,
    defaultIfNull,
    isNone: source.kind === "none",
    onlyAtCreation: applies === "only-during-creation",
    evaluate:
      appRoles === undefined
        ? evaluate
        : (context) => appRoleValue(evaluate(context), appRoles, target, context),
    followsSoftDelete: sources.includes(softDeletedAttribute),
    reference: target.type === "reference" ? referenceOf(mapping) : undefined,
    appRoles,
  };
}

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

/**
 * "Custom attributes can't be referential attributes, multi-value, or complex-typed attributes", but for applications of
 * the gallery (Microsoft: Customize attribute mappings, custom extension attribute).
 */
function requireSimpleExtension({ path }: TargetAttribute): void {
  const { extension, subAttribute, selector, text } = path;
  const isCustom = extension !== undefined && extension !== enterpriseUserSchemaUrn;
  if (!isCustom || (subAttribute === undefined && selector === undefined)) return;
  throw new AppError(
    "invalid-file",
    `The target attribute ${text} is a part of a complex attribute: a custom attribute of a non-gallery app has one value.`,
    { hint: `Map to ${extension}:${path.attribute}.` },
  );
}

/** @throws AppError invalid-file for an attribute that Entra does not have and nobody is given */
export function requireKnown(where: string, name: string, known: KnownAttributes): void {
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
