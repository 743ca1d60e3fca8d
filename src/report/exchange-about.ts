/** Which requests are about a user or a Team: those that name it, and those that carry the id which a server gave it. */

import { decodedPath } from "../ground/text/decoded-path.ts";
import { foldCase } from "../ground/text/fold-case.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../ground/json.ts";
import type { Exchange } from "../wire/exchange.ts";

/** Learns ids from the answers, so that it must see every exchange, in the order in which they happen. */
export class ExchangesAbout {
  readonly #names: readonly string[];
  readonly #ids = new Set<string>();
  readonly #met = new Set<string>();

  /** userNames, e-mail addresses or names of Teams; their case does not count. */
  constructor(names: readonly string[]) {
    this.#names = names;
  }

  /** What a server calls them already, as a provider remembers it. */
  remember(known: readonly { readonly name: string; readonly id: string }[]): void {
    for (const { name, id } of known) {
      if (this.#names.some((one) => foldCase(one) === foldCase(name))) this.#ids.add(id);
    }
  }

  /** Names that no exchange was about so far. */
  unmet(): readonly string[] {
    return this.#names.filter((name) => !this.#met.has(name));
  }

  includes({ request, answer }: Exchange<string>): boolean {
    const resources = answer.kind === "response" ? resourcesIn(answer.json) : [];
    const learned = this.#names.filter((name) => {
      const ids = resources.filter((one) => isCalled(one, name)).flatMap(({ id }) => textOf(id));
      for (const id of ids) this.#ids.add(id);
      return ids.length > 0;
    });
    const path = decodedPath(request.path);
    const asked = this.#names.filter(
      (name) => foldCase(path).includes(foldCase(JSON.stringify(name))) || isNamedIn(request.body, name),
    );
    for (const name of [...learned, ...asked]) this.#met.add(name);
    return (
      learned.length > 0 ||
      asked.length > 0 ||
      [...this.#ids].some(
        (id) =>
          path.split(/[/?]/).includes(id) || path.includes(JSON.stringify(id)) || mentions(request.body, id),
      )
    );
  }
}

/** What an answer holds: the resource itself, or those of a list. */
function resourcesIn(json: JsonValue | undefined): readonly JsonObject[] {
  if (!isJsonObject(json)) return [];
  const { Resources: listed } = json;
  return isJsonArray(listed) ? listed.filter(isJsonObject) : [json];
}

/** A user by userName or address, a Team by its name: the display name of a user is no name here. */
function isCalled({ userName, displayName, emails }: JsonObject, name: string): boolean {
  const addresses = isJsonArray(emails) ? emails.filter(isJsonObject).map(({ value }) => value) : [];
  const called = userName === undefined ? [displayName] : [userName, ...addresses];
  return called.some((one) => isSame(one, name));
}

const namingKeys: ReadonlySet<string> = new Set(["userName", "displayName", "display", "value"]);

function isNamedIn(value: JsonValue | undefined, name: string): boolean {
  if (isJsonArray(value)) return value.some((one) => isNamedIn(one, name));
  if (!isJsonObject(value)) return false;
  return Object.entries(value).some(
    ([key, inner]) => (namingKeys.has(key) && isSame(inner, name)) || isNamedIn(inner, name),
  );
}

/** As a value, or within the path of a PATCH: `members[value eq "id"]`. */
function mentions(value: JsonValue | undefined, id: string): boolean {
  if (typeof value === "string") return value === id || value.includes(JSON.stringify(id));
  if (isJsonArray(value)) return value.some((one) => mentions(one, id));
  return isJsonObject(value) && Object.values(value).some((inner) => mentions(inner, id));
}

function isSame(value: JsonValue | undefined, name: string): boolean {
  return typeof value === "string" && foldCase(value) === foldCase(name);
}

function textOf(value: JsonValue | undefined): readonly string[] {
  return typeof value === "string" && value !== "" ? [value] : [];
}
