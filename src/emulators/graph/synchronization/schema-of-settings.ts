/** The settings of the app as the schema of its synchronization job (Microsoft Graph: synchronizationSchema). */

import type {
  EntraAppSettings,
  EntraMapping,
  EntraObjectMapping,
  EntraTargetActions,
} from "../../../directory/entra-app-settings.ts";
import type { ScopingFilter } from "../../../directory/scoping-filter.ts";
import type { JsonObject } from "../../../ground/json.ts";
import { groupSourceAttributes, userSourceAttributes } from "../../../idp/entra/mapping/source-attributes.ts";
import { guidOf } from "../graph-ids.ts";
import {
  groupObjectName,
  sourceDirectory,
  targetDirectory,
  targetGroupName,
  targetUserName,
  userObjectName,
} from "./job-names.ts";

export function schemaOf(
  settings: EntraAppSettings,
  { jobId, ruleId }: { readonly jobId: string; readonly ruleId: string },
): JsonObject {
  const target = targetDirectory(settings);
  return {
    id: jobId,
    version: "Date:2026-01-01T00:00:00.0000000Z",
    synchronizationRules: [
      {
        containerFilter: null,
        editable: true,
        groupFilter: null,
        id: ruleId,
        name: "USERGROUP_OUTBOUND_USERGROUP",
        priority: 1,
        sourceDirectoryName: sourceDirectory,
        targetDirectoryName: target,
        metadata: [{ key: "supportsProvisionOnDemand", value: "true" }],
        objectMappings: [
          objectMapping(settings.groups, {
            name: "Provision Microsoft Entra ID Groups",
            source: groupObjectName,
            target: targetGroupName,
          }),
          objectMapping(settings.users, {
            name: "Provision Microsoft Entra ID Users",
            source: userObjectName,
            target: targetUserName,
          }),
        ],
      },
    ],
    directories: [
      directory(sourceDirectory, [
        { name: userObjectName, attributes: [...userSourceAttributes], anchor: "objectId" },
        { name: groupObjectName, attributes: [...groupSourceAttributes], anchor: "objectId" },
      ]),
      directory(target, [
        { name: targetUserName, attributes: targetsOf(settings.users), anchor: "id" },
        { name: targetGroupName, attributes: targetsOf(settings.groups), anchor: "id" },
      ]),
    ],
  };
}

interface ObjectNames {
  readonly name: string;
  readonly source: string;
  readonly target: string;
}

function objectMapping(mapping: EntraObjectMapping, { name, source, target }: ObjectNames): JsonObject {
  return {
    enabled: mapping.enabled,
    flowTypes: flowTypesOf(mapping.actions),
    name,
    sourceObjectName: source,
    targetObjectName: target,
    metadata: [{ key: "IsCustomerDefined", value: "false" }],
    scope: scopeOf(mapping.scopingFilters),
    attributeMappings: mapping.mappings.map(attributeMapping),
  };
}

/** `Add,Update,Delete`; `None` where no action is on. */
function flowTypesOf(actions: EntraTargetActions): string {
  const on = [
    ...(actions.create ? ["Add"] : []),
    ...(actions.update ? ["Update"] : []),
    ...(actions.delete ? ["Delete"] : []),
  ];
  return on.length === 0 ? "None" : on.join(",");
}

function attributeMapping({ target, source, defaultIfNull, matching, applies }: EntraMapping): JsonObject {
  return {
    defaultValue: defaultIfNull ?? null,
    exportMissingReferences: false,
    flowBehavior: "FlowWhenChanged",
    flowType: applies === "always" ? "Always" : "ObjectAddOnly",
    matchingPriority: matching ?? 0,
    targetAttributeName: target,
    source: sourceOf(source),
  };
}

/** Mapping type None has no source (Microsoft Graph: objectMapping, example). */
function sourceOf(source: EntraMapping["source"]): JsonObject | null {
  switch (source.kind) {
    case "none":
      return null;
    case "direct":
      return valueSource("Attribute", source.attribute, `[${source.attribute}]`);
    case "constant":
      return valueSource("Constant", source.value, `"${source.value}"`);
    case "expression":
      return valueSource("Function", /^\s*(\w+)\s*\(/.exec(source.text)?.[1] ?? null, source.text);
    default:
      return source satisfies never;
  }
}

function valueSource(type: string, name: string | null, expression: string): JsonObject {
  return { expression, name, parameters: [], type };
}

function scopeOf(filters: readonly ScopingFilter[]): JsonObject | null {
  if (filters.length === 0) return null;
  return {
    categoryFilterGroups: [],
    groups: filters.map(({ name, clauses }) => ({
      name: name ?? null,
      clauses: clauses.map(({ attribute, operator, value }) => ({
        operatorName: operator,
        sourceOperandName: attribute,
        targetOperand: { values: value === undefined ? [] : [value] },
      })),
    })),
    inputFilterGroups: [],
  };
}

function targetsOf({ mappings }: EntraObjectMapping): readonly string[] {
  return [...new Set(["id", ...mappings.map(({ target }) => target)])];
}

interface DefinedObject {
  readonly name: string;
  readonly attributes: readonly string[];
  /** The attribute by which objects are known. */
  readonly anchor: string;
}

function directory(name: string, objects: readonly DefinedObject[]): JsonObject {
  return {
    discoverabilities: "AttributeDataTypes",
    discoveryDateTime: null,
    id: guidOf("directory", name),
    name,
    readOnly: name === sourceDirectory,
    version: "Date:2026-01-01T00:00:00.0000000Z",
    objects: objects.map(({ name: objectName, attributes, anchor }) => ({
      name: objectName,
      metadata: [],
      supportedApis: [],
      attributes: attributes.map((attribute) => attributeDefinition(attribute, attribute === anchor)),
    })),
  };
}

const booleans: ReadonlySet<string> = new Set([
  "accountEnabled",
  "active",
  "IsSoftDeleted",
  "securityEnabled",
  "mailEnabled",
]);
const references: ReadonlySet<string> = new Set(["manager", "members", "owners"]);

function attributeDefinition(name: string, anchor: boolean): JsonObject {
  return {
    anchor,
    apiExpressions: [],
    caseExact: false,
    defaultValue: null,
    flowNullValues: false,
    metadata: [],
    multivalued: name === "members" || name === "owners",
    mutability: "ReadWrite",
    name,
    referencedObjects: [],
    required: false,
    type: booleans.has(name) ? "Boolean" : references.has(name) ? "Reference" : "String",
  };
}
