/** The form of a memory file: whose it is, of which target, how far the timeline was played, and what the provider remembers. */

import type { AppSettings } from "../../directory/app-settings.ts";
import { observationCodes } from "../../directory/expectation.ts";
import type { JsonObject, JsonValue } from "../../ground/json.ts";
import { MemoryReader } from "../../idp/memory-reader.ts";
import type { ProviderMemory } from "../../idp/provider-memory.ts";
import { providerOf, providers } from "../../idp/providers.ts";
import type { TimelineProgress } from "../../idp/timeline/timeline-progress.ts";

/** A memory of another version is refused. */
const memoryVersion = 1;

export interface WrittenMemory {
  readonly idp: AppSettings["idp"];
  readonly target: string;
  readonly progress: TimelineProgress;
  /** What the provider's service remembers. */
  readonly snapshot: JsonObject;
  /** The steps that it has seen begin, by name. */
  readonly steps: readonly string[];
}

/** The memory as a JSON value; it holds names and ids, and no secret. */
export function writeMemory({ idp, target, progress, snapshot, steps }: WrittenMemory): JsonObject {
  const { stepsDone, actionsDone, observed = [] } = progress;
  const played = { stepsDone, actionsDone, ...(observed.length === 0 ? {} : { observed }) };
  return { provider: idp, version: memoryVersion, target, ...played, ...snapshot, steps };
}

export interface ReadMemory {
  readonly target: string;
  readonly progress: TimelineProgress;
  readonly provider: ProviderMemory;
  /** Null in files that were written before there were steps in them. */
  readonly steps: JsonValue;
}

/**
 * The memory that was written as that value, for these settings.
 * @throws AppError invalid-file where it is not a state file of this provider, of another version, or damaged: names the place
 */
export async function readMemory(value: JsonValue, app: AppSettings): Promise<ReadMemory> {
  const { id, words } = providers[app.idp];
  const reader = new MemoryReader(words.name);
  const root = reader.object(value, "the state");
  if (root["provider"] !== id) {
    throw reader.damaged("the state", `must be ${words.name}'s ("provider": "${id}")`);
  }
  if (root["version"] !== memoryVersion) throw reader.damaged("version", `must be ${memoryVersion}`);
  return {
    target: reader.text(root["target"], "target"),
    progress: {
      stepsDone: reader.count(root["stepsDone"], "stepsDone"),
      actionsDone: reader.count(root["actionsDone"], "actionsDone"),
      observed: reader
        .array(root["observed"] ?? [], "observed")
        .map((code, index) => reader.oneOf(observationCodes, code, `observed[${index}]`)),
    },
    provider: await providerOf(app).remembered(root),
    steps: root["steps"] ?? null,
  };
}
