/** The schema of a synchronization job: rules, mappings, scoping filters (Microsoft Graph: synchronizationSchema). */

import * as z from "zod";
import type { ManagementApi } from "../management-api.ts";
import { graphPermissions } from "./permissions.ts";
import { jobPath, type JobAddress } from "./synchronization-jobs.ts";

const attributeMappingSource = z.looseObject({
  /** `Attribute`, `Constant` or `Function`; Attribute where it is missing. */
  type: z.string().nullish(),
  name: z.string().nullish(),
  expression: z.string().nullish(),
});

const attributeMapping = z.looseObject({
  targetAttributeName: z.string().min(1),
  /** Null: mapping type None, of which only the default value is ever sent. */
  source: attributeMappingSource.nullish(),
  defaultValue: z.string().nullish(),
  flowType: z.string().nullish(),
  flowBehavior: z.string().nullish(),
  /** Higher than 0: objects are matched by this attribute, the lowest first. */
  matchingPriority: z.number().nullish(),
});

const filterClause = z.looseObject({
  sourceOperandName: z.string(),
  operatorName: z.string(),
  targetOperand: z.looseObject({ values: z.array(z.string()).nullish() }).nullish(),
});

const filterGroup = z.looseObject({ name: z.string().nullish(), clauses: z.array(filterClause).nullish() });

const objectMapping = z.looseObject({
  name: z.string().nullish(),
  enabled: z.boolean().nullish(),
  /** `Add,Update,Delete`: some of the three; all where it is missing. */
  flowTypes: z.string().nullish(),
  sourceObjectName: z.string(),
  targetObjectName: z.string(),
  attributeMappings: z.array(attributeMapping).nullish(),
  scope: z
    .looseObject({
      groups: z.array(filterGroup).nullish(),
      inputFilterGroups: z.array(filterGroup).nullish(),
      categoryFilterGroups: z.array(filterGroup).nullish(),
    })
    .nullish(),
});

export const synchronizationSchema = z.looseObject({
  synchronizationRules: z.array(
    z.looseObject({
      id: z.string().nullish(),
      name: z.string().nullish(),
      sourceDirectoryName: z.string().nullish(),
      targetDirectoryName: z.string().nullish(),
      objectMappings: z.array(objectMapping).nullish(),
    }),
  ),
});

export type SynchronizationSchema = z.infer<typeof synchronizationSchema>;
export type ObjectMapping = z.infer<typeof objectMapping>;
export type AttributeMapping = z.infer<typeof attributeMapping>;
export type FilterGroup = z.infer<typeof filterGroup>;
export type FilterClause = z.infer<typeof filterClause>;

export async function getSchema(api: ManagementApi, address: JobAddress): Promise<SynchronizationSchema> {
  return await api.get(`${jobPath(address)}/schema`, synchronizationSchema, {
    reads: "the attribute mappings",
    needs: graphPermissions.synchronization,
  });
}
