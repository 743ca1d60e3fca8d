/** Reads a provider's memory back from JSON: what is not as it was written is named by its place. */

import { AppError } from "../ground/errors.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../ground/json.ts";

/** The readers for the memory of one provider; each throws AppError invalid-file, naming the place. */
export class MemoryReader {
  readonly #provider: string;

  /** @param provider as messages call it */
  constructor(provider: string) {
    this.#provider = provider;
  }

  map<Value>(
    value: JsonValue | undefined,
    place: string,
    read: (value: JsonValue, place: string) => Value,
  ): ReadonlyMap<string, Value> {
    const entries = Object.entries(this.object(value, place));
    return new Map(entries.map(([id, entry]) => [id, read(entry, `${place}.${id}`)]));
  }

  object(value: JsonValue | undefined, place: string): JsonObject {
    if (isJsonObject(value)) return value;
    throw this.damaged(place, "must be an object");
  }

  array(value: JsonValue | undefined, place: string): readonly JsonValue[] {
    if (isJsonArray(value)) return value;
    throw this.damaged(place, "must be a list");
  }

  set(value: JsonValue | undefined, place: string): ReadonlySet<string> {
    return new Set(this.array(value, place).map((entry, index) => this.text(entry, `${place}[${index}]`)));
  }

  text(value: JsonValue | undefined, place: string): string {
    if (typeof value === "string") return value;
    throw this.damaged(place, "must be text");
  }

  optionalText(value: JsonValue | undefined, place: string): string | undefined {
    return value === null ? undefined : this.text(value, place);
  }

  flag(value: JsonValue | undefined, place: string): boolean {
    if (typeof value === "boolean") return value;
    throw this.damaged(place, "must be true or false");
  }

  count(value: JsonValue | undefined, place: string): number {
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
    throw this.damaged(place, "must be a whole number from 0");
  }

  instant(value: JsonValue | undefined, place: string): Date {
    const instant = new Date(this.text(value, place));
    if (Number.isNaN(instant.getTime())) throw this.damaged(place, "must be an instant in ISO 8601");
    return instant;
  }

  optionalInstant(value: JsonValue | undefined, place: string): Date | undefined {
    return value === null ? undefined : this.instant(value, place);
  }

  oneOf<Choice extends string>(
    choices: readonly Choice[],
    value: JsonValue | undefined,
    place: string,
  ): Choice {
    const choice = choices.find((one) => one === value);
    if (choice === undefined) throw this.damaged(place, `must be one of ${choices.join(", ")}`);
    return choice;
  }

  damaged(place: string, problem: string): AppError {
    return new AppError(
      "invalid-file",
      `This is not a valid state file for ${this.#provider}: ${place} ${problem}.`,
      {
        hint: "Name a new file to start without a state; the provider then links to the accounts and Teams that it finds.",
      },
    );
  }
}
