/** The mapping of users or of groups: rows, target object actions, scoping filters; and what of it cannot be evaluated here. */

import {
  documentedEntraSettings,
  type EntraIntegration,
  type EntraMapping,
  type EntraObjectMapping,
  type EntraTargetActions,
} from "../../../directory/entra-app-settings.ts";
import type { NotEvaluated } from "../../../directory/provider-finding.ts";
import { AppError } from "../../../ground/errors.ts";
import { printable } from "../../../ground/text/printable.ts";
import { ExpressionError } from "../../../idp/entra/expression/expression-error.ts";
import { compileRow, groupRows, userRows, type MappingRow } from "../../../idp/entra/mapping/mapping.ts";
import type { AttributeMapping, ObjectMapping } from "../../../management/graph/synchronization-schema.ts";
import { isReadableOfGroup, isReadableOfUser } from "../directory/user-attributes.ts";
import { mappingRow, sourceText } from "./mapping-row.ts";
import { filteredAttributes, scopingFilters } from "./scoping-filters.ts";

/** An object mapping as the comparison takes it. */
export interface ReadMapping {
  readonly mapping: EntraObjectMapping;
  readonly notEvaluated: readonly NotEvaluated[];
  /** The source attributes that its rows and filters read. */
  readonly sources: readonly string[];
  /** Whether an expression asks for the default domain of the tenant. */
  readonly readsDefaultDomain: boolean;
}

/** What differs between users and groups. */
const kinds = {
  users: { contextOf: userRows, isReadable: isReadableOfUser, name: "userName" },
  groups: { contextOf: groupRows, isReadable: isReadableOfGroup, name: "displayName" },
} as const;

/**
 * @throws AppError source-incomplete where the name of the objects, or a scoping filter, cannot be evaluated
 */
export function readMapping(
  object: ObjectMapping,
  of: "users" | "groups",
  integration: EntraIntegration,
): ReadMapping {
  const { contextOf, isReadable, name } = kinds[of];
  const context = contextOf({ ...documentedEntraSettings, integration });
  const compile = (mapping: EntraMapping): MappingRow => compileRow(mapping, context);
  const judged = (object.attributeMappings ?? []).map((row) => judgedRow(row, { isReadable, compile }));
  const rows = judged.flatMap((one) => ("row" in one ? [one.row] : []));
  const notEvaluated = judged.flatMap((one) => ("why" in one ? [one] : []));
  const enabled = object.enabled !== false;
  if (enabled) requireName(rows, notEvaluated, { of, name });
  const filters = scopingFilters(object, { of, isReadable });
  const compiled = rows.map(compile);
  return {
    mapping: {
      enabled,
      actions: actionsOf(object),
      mappings: withMatching(rows, name),
      scopingFilters: filters,
    },
    notEvaluated,
    sources: [...new Set([...compiled.flatMap(({ sources }) => sources), ...filteredAttributes(filters)])],
    readsDefaultDomain: rows.some(
      ({ source }) => source.kind === "expression" && /\bDefaultDomain\b/.test(source.text),
    ),
  };
}

interface RowJudge {
  readonly isReadable: (attribute: string) => boolean;
  /** Throws AppError for a row that is wrong. */
  readonly compile: (mapping: EntraMapping) => { readonly sources: readonly string[] };
}

function judgedRow(
  row: AttributeMapping,
  { isReadable, compile }: RowJudge,
): { readonly row: EntraMapping } | NotEvaluated {
  const mapping = mappingRow(row);
  const left = (why: string): NotEvaluated => ({
    attribute: mapping.target,
    expression: sourceText(row),
    why,
  });
  try {
    const unreadable = compile(mapping).sources.find((name) => !isReadable(name));
    if (unreadable !== undefined) return left(`${unreadable} is not read from Microsoft Graph`);
    return { row: mapping };
  } catch (error) {
    if (error instanceof AppError) return left(clauseOf(error));
    throw error;
  }
}

/** What is wrong with an expression is in the cause: the message goes on about the row, which is named already. */
function clauseOf({ cause, message }: AppError): string {
  return (cause instanceof ExpressionError ? cause.message : message).replace(/\.$/, "");
}

/** Without the name of its objects a mapping provisions nobody: the directory would seem empty. */
function requireName(
  rows: readonly EntraMapping[],
  notEvaluated: readonly NotEvaluated[],
  { of, name }: { readonly of: "users" | "groups"; readonly name: string },
): void {
  if (rows.some(({ target }) => target === name)) return;
  const left = notEvaluated.find(({ attribute }) => attribute === name);
  throw new AppError(
    "source-incomplete",
    left === undefined
      ? `The job has no mapping of ${name} for ${of}.`
      : `The mapping of ${name} for ${of} cannot be evaluated: ${printable(left.why)}.`,
    {
      hint:
        left === undefined
          ? "Check in the Entra admin center: Provisioning > Attribute mapping."
          : `Nobody could be compared without it. Its expression is: ${printable(left.expression)}`,
    },
  );
}

/** Entra keeps no mapping without a matching attribute; the name matches where the one that does cannot be evaluated. */
function withMatching(rows: readonly EntraMapping[], name: string): readonly EntraMapping[] {
  if (rows.some(({ matching }) => matching !== undefined)) return rows;
  return rows.map((row) => (row.target === name ? { ...row, matching: 1 } : row));
}

/** `Add, Update, Delete`; all of them where nothing is said (Microsoft Graph: objectMapping). */
export function actionsOf({ flowTypes }: ObjectMapping): EntraTargetActions {
  if (flowTypes == null || flowTypes.trim() === "") return { create: true, update: true, delete: true };
  const words = new Set(flowTypes.split(",").map((word) => word.trim().toLowerCase()));
  return { create: words.has("add"), update: words.has("update"), delete: words.has("delete") };
}
