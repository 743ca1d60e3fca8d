/** The tables of docs/fixture.md, made of the JSON Schema of a fixture and of its descriptions. */

import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../src/ground/json.ts";

/** The schema of each provider's fixtures. */
export interface ProviderSchemas {
  readonly okta: JsonObject;
  readonly entra: JsonObject;
}

/**
 * Each table of the page, between `<!-- keys of PATH -->` and `<!-- end -->`, replaced by that of the schema; of Entra's
 * where the path begins with `entra:`.
 */
export function withReferenceTables(page: string, { okta, entra }: ProviderSchemas): string {
  return page.replaceAll(
    /(<!-- keys of (entra:)?([^\n]*) -->\n)[^]*?(?=<!-- end -->)/g,
    (_, mark: string, isEntra: string | undefined, path: string) =>
      `${mark}${tableOf(schemaAt(isEntra === undefined ? okta : entra, path))}`,
  );
}

/** Every key that the schema knows, once. */
export function knownKeys(schema: JsonValue): readonly string[] {
  const inner = isJsonArray(schema) ? schema : isJsonObject(schema) ? Object.values(schema) : [];
  const here = isJsonObject(schema) ? keysOf(schema) : [];
  return [...new Set([...here, ...inner.flatMap(knownKeys)])];
}

function tableOf(schema: JsonObject): string {
  const required = schema["required"];
  const rows = Object.entries(propertiesOf(schema)).map(([key, value]) => {
    const isRequired = isJsonArray(required) && required.includes(key);
    const description = isJsonObject(value) ? textOf(value["description"]) : "";
    return `| \`${key}\`${isRequired ? ", required" : ""} | ${kindOf(value)} | ${description} |\n`;
  });
  return `| key | value | meaning |\n| --- | --- | --- |\n${rows.join("")}`;
}

/** `app.mappings`, `users[]`, `timeline[].expect.users.*`; nothing is the whole file. */
function schemaAt(root: JsonObject, path: string): JsonObject {
  const steps = path.match(/\[\]|\*|[\w-]+/g) ?? [];
  return steps.filter((step) => step !== "file").reduce((schema, step) => below(schema, step), root);
}

function below(schema: JsonObject, step: string): JsonObject {
  const keyword: Readonly<Record<string, string>> = { "[]": "items", "*": "additionalProperties" };
  const { anyOf } = schema;
  const forms = isJsonArray(anyOf) ? anyOf.filter(isJsonObject) : [schema];
  const inner = forms
    .map((form) => (step in keyword ? form[keyword[step] ?? ""] : propertiesOf(form)[step]))
    .find(isJsonObject);
  if (inner === undefined) throw new Error(`the schema has no ${step} here`);
  return inner;
}

function kindOf(schema: JsonValue | undefined): string {
  if (!isJsonObject(schema)) return "";
  const { type, anyOf, enum: words, const: word, items } = schema;
  if (isJsonArray(anyOf)) return anyOf.map(kindOf).join(" or ");
  if (isJsonArray(words)) return words.map((each) => `\`${textOf(each)}\``).join(" or ");
  if (word !== undefined) return `\`${literal(word)}\``;
  if (type === "array")
    return isJsonObject(items) && keysOf(items).length > 0 ? "list" : listOf(kindOf(items));
  if (isJsonArray(type)) return type.map((each) => kinds[textOf(each)] ?? textOf(each)).join(" or ");
  const count = keysOf(schema).length;
  if (count > 0 && count <= mostKeysInACell) return `\`{ ${keysOf(schema).join(", ")} }\``;
  return kinds[textOf(type)] ?? textOf(type);
}

function literal(word: JsonValue): string {
  return typeof word === "boolean" ? String(word) : textOf(word);
}

/** Words as they are written, in the singular; kinds in the plural. */
function listOf(kind: string): string {
  return kind.startsWith("`") ? `list of ${kind}` : `list of ${kind}s`;
}

const mostKeysInACell = 3;

const kinds: Readonly<Record<string, string>> = {
  string: "text",
  integer: "whole number",
  boolean: "`true` or `false`",
  object: "mapping",
  null: "`null`",
};

function keysOf(schema: JsonObject): readonly string[] {
  return Object.keys(propertiesOf(schema));
}

function propertiesOf(schema: JsonObject): JsonObject {
  const { properties } = schema;
  return isJsonObject(properties) ? properties : {};
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === "string" ? value.replaceAll("|", "\\|") : "";
}
