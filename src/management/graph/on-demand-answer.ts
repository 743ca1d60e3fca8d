/** The answer of `provisionOnDemand` (Microsoft Graph: synchronizationJob: provisionOnDemand), in each of its published forms. */

import * as z from "zod";
import { isJsonArray, isJsonObject, type JsonValue } from "../../ground/json.ts";
import { parseJsonText, TooManyJsonValues } from "../../wire/parse-json-text.ts";

/** An attribute as the run left it. */
export interface ModifiedProperty {
  readonly name: string;
  readonly oldValue: string | null;
  readonly newValue: string | null;
}

/** What came of one run. */
export interface OnDemandResult {
  /** `unclear`: the answer says nothing that can be read, so only the target can tell. */
  readonly status: "success" | "skipped" | "failure" | "unclear";
  /** Entra ID's own code: `RedundantExport`, `DuplicateTargetEntries`. */
  readonly code: string | undefined;
  /** Entra ID's own words, without a full stop. */
  readonly message: string | undefined;
  /** What the scoping step found false: `Assigned`, `IsActive`. */
  readonly outOfScopeBecause: readonly string[];
  /** Id of the object at the target. */
  readonly targetId: string | undefined;
  readonly modified: readonly ModifiedProperty[];
}

const text = z.string().nullish();

const summary = z.looseObject({
  result: z.string(),
  details: z.looseObject({ errorCode: text, errorMessage: text }).nullish(),
});

/** As the log has it, and as this call has it: names differ, and so does the case of the values. */
const statusInfo = z
  .looseObject({
    status: text,
    errorCode: text,
    reason: text,
    errorInformation: z.looseObject({ errorCode: text, reason: text }).nullish(),
  })
  .nullish();

const record = z.looseObject({
  statusInfo,
  provisioningStatusInfo: statusInfo,
  provisioningSteps: z
    .array(
      z.looseObject({
        name: text,
        status: text,
        description: text,
        details: z.record(z.string(), z.unknown()).nullish(),
      }),
    )
    .nullish(),
  modifiedProperties: z.array(z.looseObject({ displayName: text, oldValue: text, newValue: text })).nullish(),
  targetIdentity: z.looseObject({ id: text }).nullish(),
});

type Record = z.infer<typeof record>;

const pair = z.looseObject({ key: text, value: text });

/** Most values that a record is read with: a group's has its members. */
const maxValues = 100_000;

/**
 * `key` holds the result, or only the name of the type; `value` holds one record, a list of them, or an empty object. Nothing in an
 * answer is an error here: what cannot be read makes the result unclear.
 */
export function onDemandResult(body: JsonValue | undefined): OnDemandResult {
  const { key, value } = pair.safeParse(body).data ?? {};
  const told = summary.safeParse(jsonIn(key)).data;
  const records = recordsIn(jsonIn(value));
  const decisive = decisiveOf(records);
  const { errorCode, errorMessage } = told?.details ?? {};
  return {
    status: statusNamed(told?.result) ?? statusIn(decisive) ?? "unclear",
    code: given(errorCode) ?? codeIn(decisive),
    message: withoutFullStop(given(errorMessage) ?? wordsIn(decisive)),
    outOfScopeBecause: falseInScoping(decisive),
    targetId: given(decisive.targetIdentity?.id),
    modified: records.flatMap(modifiedIn),
  };
}

/** Of the records of a group and its members: a failure counts before a success, and that before what was skipped. */
function decisiveOf(records: readonly Record[]): Record {
  const withStatus = (status: OnDemandResult["status"]): Record | undefined =>
    records.find((one) => statusIn(one) === status);
  return withStatus("failure") ?? withStatus("success") ?? records[0] ?? {};
}

function jsonIn(value: string | null | undefined): JsonValue | undefined {
  try {
    return value == null ? undefined : parseJsonText(value, maxValues);
  } catch (error) {
    if (error instanceof TooManyJsonValues) return undefined;
    throw error;
  }
}

function recordsIn(json: JsonValue | undefined): readonly Record[] {
  const found: readonly JsonValue[] = isJsonArray(json) ? json : isJsonObject(json) ? [json] : [];
  return found.flatMap((one): readonly Record[] => {
    const read = record.safeParse(one);
    return read.success ? [read.data] : [];
  });
}

const statuses: ReadonlyMap<string, OnDemandResult["status"]> = new Map([
  ["success", "success"],
  ["warning", "success"],
  ["skipped", "skipped"],
  ["failure", "failure"],
  ["failed", "failure"],
]);

function statusNamed(name: string | null | undefined): OnDemandResult["status"] | undefined {
  return statuses.get(name?.toLowerCase() ?? "");
}

function infoOf(one: Record): NonNullable<z.infer<typeof statusInfo>> {
  return one.statusInfo ?? one.provisioningStatusInfo ?? {};
}

function statusIn(one: Record): OnDemandResult["status"] | undefined {
  return statusNamed(infoOf(one).status);
}

/** The step at which it ended: one that failed, or one that skips the rest. */
function lastStep({ provisioningSteps }: Record) {
  return provisioningSteps?.findLast(({ status }) => {
    const named = statusNamed(status);
    return named === "failure" || named === "skipped";
  });
}

function codeIn(one: Record): string | undefined {
  const info = infoOf(one);
  const details = lastStep(one)?.details ?? {};
  return (
    given(info.errorCode) ??
    given(info.errorInformation?.errorCode) ??
    given(details["SkipReason"]) ??
    given(details["errorCode"])
  );
}

function wordsIn(one: Record): string | undefined {
  const info = infoOf(one);
  return given(info.reason) ?? given(info.errorInformation?.reason) ?? given(lastStep(one)?.description);
}

function falseInScoping({ provisioningSteps }: Record): readonly string[] {
  const step = provisioningSteps?.find(({ name }) => name === "EntrySynchronizationScoping");
  return Object.entries(step?.details ?? {}).flatMap(([name, value]) =>
    String(value).toLowerCase() === "false" ? [name] : [],
  );
}

function modifiedIn({ modifiedProperties }: Record): readonly ModifiedProperty[] {
  return (modifiedProperties ?? []).map(({ displayName, oldValue, newValue }) => ({
    name: displayName ?? "",
    oldValue: oldValue ?? null,
    newValue: newValue ?? null,
  }));
}

function given(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}

function withoutFullStop(words: string | undefined): string | undefined {
  return words?.trim().replace(/\.$/, "");
}
