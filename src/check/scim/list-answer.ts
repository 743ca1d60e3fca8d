/** A list as a server answered it, read strictly: the counters as they stand, and what is wrong with its form. */

import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../ground/json.ts";
import { describeProblem } from "../../astro/api/problem.ts";
import { bodyInWords } from "../../wire/body-in-words.ts";
import { isSuccess, type WireAnswer } from "../../wire/exchange.ts";

export type ListAnswer =
  | {
      readonly kind: "list";
      readonly resources: readonly JsonObject[];
      readonly totalResults: number;
      readonly itemsPerPage: number | undefined;
      readonly status: number;
    }
  /** What is wrong, as the end of a sentence. */
  | { readonly kind: "wrong"; readonly what: string };

/** RFC 7644 §3.4.2. `Resources` may be left out where nothing is found. */
export function listIn(answer: WireAnswer): ListAnswer {
  if (answer.kind === "no-response") return wrong(answer.message.replace(/\.$/, ""));
  if (!isSuccess(answer)) return wrong(`it was answered ${describeProblem(answer)}`);
  const { json } = answer;
  if (!isJsonObject(json)) return wrong(`it was answered ${answer.status} with ${bodyInWords(answer)}`);
  const { totalResults, startIndex, itemsPerPage } = json;
  const texts = Object.entries({ totalResults, startIndex, itemsPerPage })
    .filter(([, value]) => typeof value === "string")
    .map(([name]) => name);
  if (texts.length > 0) return wrong(`${texts.join(" and ")} is a string, and has to be a number`);
  if (typeof totalResults !== "number") return wrong("totalResults is missing");
  const resources = resourcesIn(json["Resources"]);
  if (resources === undefined) return wrong("Resources is not a list of resources");
  return {
    kind: "list",
    resources,
    totalResults,
    itemsPerPage: typeof itemsPerPage === "number" ? itemsPerPage : undefined,
    status: answer.status,
  };
}

function resourcesIn(value: JsonValue | undefined): readonly JsonObject[] | undefined {
  if (value === undefined || value === null) return [];
  return isJsonArray(value) && value.every(isJsonObject) ? value : undefined;
}

function wrong(what: string): ListAnswer {
  return { kind: "wrong", what };
}

/** Undefined for what is no text. */
export function textAt(resource: JsonObject | undefined, name: string): string | undefined {
  const value = resource?.[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}
