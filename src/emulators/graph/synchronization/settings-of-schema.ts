/** The schema of a synchronization job as the settings of the app: the other way round. */

import * as z from "zod";
import type {
  EntraAppSettings,
  EntraMapping,
  EntraObjectMapping,
} from "../../../directory/entra-app-settings.ts";
import { scopingOperators, type ScopingClause } from "../../../directory/scoping-filter.ts";
import { AppError } from "../../../ground/errors.ts";
import { compileGroupMapping, compileUserMapping } from "../../../idp/entra/mapping/mapping.ts";
import { GraphError } from "../graph-error.ts";
import { groupObjectName, userObjectName } from "./job-names.ts";

const source = z.looseObject({
  type: z.enum(["Attribute", "Constant", "Function"]).default("Attribute"),
  name: z.string().nullish(),
  expression: z.string().nullish(),
});

const attributeMapping = z.looseObject({
  targetAttributeName: z.string().min(1),
  source: source.nullish(),
  defaultValue: z.string().nullish(),
  flowType: z.enum(["Always", "ObjectAddOnly"]).nullish(),
  matchingPriority: z.number().int().min(0).nullish(),
});

const clause = z.looseObject({
  sourceOperandName: z.string().min(1),
  operatorName: z.string().min(1),
  targetOperand: z.looseObject({ values: z.array(z.string()).nullish() }).nullish(),
});

const objectMapping = z.looseObject({
  enabled: z.boolean().nullish(),
  flowTypes: z.string().nullish(),
  sourceObjectName: z.string(),
  attributeMappings: z.array(attributeMapping),
  scope: z
    .looseObject({
      groups: z.array(z.looseObject({ name: z.string().nullish(), clauses: z.array(clause) })).nullish(),
    })
    .nullish(),
});

const schema = z.looseObject({
  synchronizationRules: z.array(z.looseObject({ objectMappings: z.array(objectMapping) })).min(1),
});

/**
 * The settings with the mappings, actions and filters of the schema. Objects that the schema does not map are not provisioned.
 * @throws GraphError 400 for a schema that is not one, or with a mapping that is wrong
 */
export function settingsWithSchema(settings: EntraAppSettings, body: unknown): EntraAppSettings {
  const read = schema.safeParse(body);
  if (!read.success) {
    const issue = read.error.issues[0];
    throw invalid(`${issue?.path.join(".") ?? "the schema"}: ${issue?.message ?? "invalid"}`);
  }
  const mappings = read.data.synchronizationRules.flatMap((rule) => rule.objectMappings);
  const changed = {
    ...settings,
    users: mappingOf(mappings, userObjectName, settings.users),
    groups: mappingOf(mappings, groupObjectName, settings.groups),
  };
  try {
    compileUserMapping(changed);
    compileGroupMapping(changed);
  } catch (error) {
    if (error instanceof AppError) throw invalid(error.message);
    throw error;
  }
  return changed;
}

function invalid(message: string): GraphError {
  return new GraphError(400, "InvalidSynchronizationSchema", message);
}

type ObjectMapping = z.infer<typeof objectMapping>;

function mappingOf(
  mappings: readonly ObjectMapping[],
  object: string,
  before: EntraObjectMapping,
): EntraObjectMapping {
  const found = mappings.find(({ sourceObjectName }) => sourceObjectName === object);
  if (found === undefined) return { ...before, enabled: false };
  const words = new Set(
    (found.flowTypes ?? "Add,Update,Delete").split(",").map((word) => word.trim().toLowerCase()),
  );
  return {
    enabled: found.enabled !== false,
    actions: {
      create: words.has("add"),
      update: words.has("update"),
      delete: words.has("delete"),
    },
    mappings: found.attributeMappings.map(rowOf),
    scopingFilters: (found.scope?.groups ?? []).map(({ name, clauses }) => ({
      ...(name == null ? {} : { name }),
      clauses: clauses.map(clauseOf),
    })),
  };
}

function rowOf({
  targetAttributeName,
  source: from,
  defaultValue,
  flowType,
  matchingPriority,
}: z.infer<typeof attributeMapping>): EntraMapping {
  return {
    target: targetAttributeName,
    source: sourceOf(from ?? undefined),
    applies: flowType === "ObjectAddOnly" ? "only-during-creation" : "always",
    ...(defaultValue == null ? {} : { defaultIfNull: defaultValue }),
    ...(matchingPriority == null || matchingPriority === 0 ? {} : { matching: matchingPriority }),
  };
}

function sourceOf(from: z.infer<typeof source> | undefined): EntraMapping["source"] {
  if (from === undefined) return { kind: "none" };
  const { type, name, expression } = from;
  switch (type) {
    case "Constant":
      return { kind: "constant", value: name ?? unquoted(expression ?? "") };
    case "Function":
      return { kind: "expression", text: expression ?? "" };
    case "Attribute":
      return { kind: "direct", attribute: name ?? (expression ?? "").replace(/^\[(.*)\]$/, "$1") };
    default:
      return type satisfies never;
  }
}

function unquoted(text: string): string {
  return text.replace(/^"(.*)"$/s, "$1");
}

function clauseOf({ sourceOperandName, operatorName, targetOperand }: z.infer<typeof clause>): ScopingClause {
  const operator = scopingOperators.find((one) => one.toLowerCase() === operatorName.toLowerCase());
  if (operator === undefined) throw invalid(`The operator '${operatorName}' is not supported.`);
  const [value, ...more] = targetOperand?.values ?? [];
  if (more.length > 0) throw invalid(`The clause of '${sourceOperandName}' has more than one value.`);
  return { attribute: sourceOperandName, operator, ...(value === undefined ? {} : { value }) };
}
