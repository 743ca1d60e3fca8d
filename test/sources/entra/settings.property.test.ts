/** Whatever the settings of an app are, its schema says all that Graph tells of them, and they are read back as they were. */

import fc from "fast-check";
import { expect, test } from "vitest";
import {
  documentedEntraSettings,
  type EntraAppSettings,
  type EntraMapping,
  type EntraObjectMapping,
} from "../../../src/directory/entra-app-settings.ts";
import { scopingOperators, type ScopingClause } from "../../../src/directory/scoping-filter.ts";
import { schemaOf } from "../../../src/emulators/graph/synchronization/schema-of-settings.ts";
import { synchronizationJob } from "../../../src/management/graph/synchronization-jobs.ts";
import { synchronizationSchema } from "../../../src/management/graph/synchronization-schema.ts";
import { readSettings } from "../../../src/sources/entra/settings/app-settings.ts";
import { job, jobId } from "../../support/entra-tenant.ts";

const sources = fc.constantFrom(
  "mail",
  "jobTitle",
  "department",
  "employeeId",
  "extensionAttribute7",
  "extension_0_x",
);
const text = fc.string({ minLength: 1 });
/** As the text of an expression writes it. */
const quoted = text.map((value) => JSON.stringify(value.replaceAll(/[\\"]/g, "")));

const source: fc.Arbitrary<EntraMapping["source"]> = fc.oneof(
  sources.map((attribute) => ({ kind: "direct" as const, attribute })),
  text.map((value) => ({ kind: "constant" as const, value })),
  fc
    .tuple(sources, quoted)
    .map(([name, end]) => ({ kind: "expression" as const, text: `Append([${name}], ${end})` })),
  fc.constant({ kind: "none" as const }),
);

const targets = [
  "userName",
  "title",
  "nickName",
  "userType",
  "locale",
  "timezone",
  'emails[type eq "work"].value',
];

const row = (target: string, index: number): fc.Arbitrary<EntraMapping> =>
  fc
    .record(
      {
        source,
        applies: fc.constantFrom("always" as const, "only-during-creation" as const),
        defaultIfNull: text,
        matching: fc.constant(index + 1),
      },
      { requiredKeys: ["source", "applies"] },
    )
    .map((made) => ({ target, ...made }));

const clause: fc.Arbitrary<ScopingClause> = fc
  .tuple(sources, fc.constantFrom(...scopingOperators), fc.integer({ min: 0, max: 1000 }).map(String))
  .map(([attribute, operator, value]) => ({
    attribute,
    operator,
    ...(operator.startsWith("IS ") ? {} : { value }),
  }));

const users: fc.Arbitrary<EntraObjectMapping> = fc.record({
  enabled: fc.boolean(),
  actions: fc.record({ create: fc.boolean(), update: fc.boolean(), delete: fc.boolean() }),
  mappings: fc
    .subarray(targets, { minLength: 1 })
    .chain((chosen) => fc.tuple(...[...new Set(["userName", ...chosen])].map(row)))
    .map((rows) =>
      rows.some(({ matching }) => matching !== undefined)
        ? rows
        : rows.map((one, at) => (at === 0 ? { ...one, matching: 1 } : one)),
    ),
  scopingFilters: fc.array(
    fc.record(
      { name: text, clauses: fc.array(clause, { minLength: 1, maxLength: 3 }) },
      { requiredKeys: ["clauses"] },
    ),
    { maxLength: 2 },
  ),
});

test("settings → schema → settings", () => {
  fc.assert(
    fc.property(users, (mapping) => {
      const settings: EntraAppSettings = { ...documentedEntraSettings, users: mapping };
      const schema = synchronizationSchema.parse(schemaOf(settings, { jobId, ruleId: "rule-1" }));
      const application = { id: "id-1", appId: "app-1", displayName: "Astro", appRoles: [] };
      const read = readSettings({ application, schema, job: synchronizationJob.parse(job()) }, {});
      expect(read.notEvaluated).toEqual([]);
      expect(read.settings).toEqual(settings);
    }),
  );
});
