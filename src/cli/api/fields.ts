/** `--field name=value` and `--raw-field name=value`: the query of a request, or its JSON body. */

import { AppError } from "../../ground/errors.ts";
import type { JsonObject, JsonValue } from "../../ground/json.ts";

export interface Field {
  readonly name: string;
  readonly value: JsonValue;
}

/**
 * `value` is text, but for `true`, `false`, `null` and whole numbers, as in the GitHub CLI; with `isRaw` always text.
 * @throws AppError usage for what is no NAME=VALUE
 */
export function readField(text: string, { isRaw }: { readonly isRaw: boolean }): Field {
  const equals = text.indexOf("=");
  if (equals > 0) {
    const value = text.slice(equals + 1);
    return { name: text.slice(0, equals), value: isRaw ? value : typed(value) };
  }
  throw new AppError("usage", `${isRaw ? "--raw-field" : "--field"} takes NAME=VALUE, not "${text}".`, {
    hint: "Example: --field name=data-platform",
  });
}

function typed(text: string): JsonValue {
  if (text === "true" || text === "false") return text === "true";
  if (text === "null") return null;
  const number = Number(text);
  return /^-?(?:0|[1-9]\d*)$/.test(text) && Number.isSafeInteger(number) ? number : text;
}

/** `?names=A&names=B`: of a name given several times every value counts; `[]` behind it is left out. */
export function withQuery(path: string, fields: readonly Field[]): string {
  if (fields.length === 0) return path;
  const query = fields.map(({ name, value }) => {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    return `${encodeURIComponent(name.replace(/\[\]$/, ""))}=${encodeURIComponent(text)}`;
  });
  return `${path}${path.includes("?") ? "&" : "?"}${query.join("&")}`;
}

/**
 * `a=1` is a key, `a[]=1` an item of a list, `a[b]=1` a key within an object, and each can be within another.
 * @throws AppError usage for names that contradict each other
 */
export function bodyOf(fields: readonly Field[]): JsonObject {
  const body: Container = new Map();
  for (const { name, value } of fields) {
    const [first = "", ...more] = keysOf(name);
    put(body, [first, ...more], value, name);
  }
  return toObject(body);
}

type Container = Map<string, Node>;
type Node = Container | Node[] | { readonly value: JsonValue };

/** `a[b][]` is `a`, `b` and the empty key, which is an item of a list. */
function keysOf(name: string): readonly string[] {
  const [, first, rest = ""] = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name) ?? [];
  if (first === undefined) {
    throw new AppError("usage", `The name of the field "${name}" is not complete.`, {
      hint: "Examples: name, memberIds[], name[givenName]",
    });
  }
  return [first, ...[...rest.matchAll(/\[([^[\]]*)\]/g)].map(([, key = ""]) => key)];
}

function put(container: Container, keys: readonly string[], value: JsonValue, name: string): void {
  const [key = "", next, ...rest] = keys;
  const there = container.get(key);
  if (next === undefined) {
    if (there !== undefined) throw contradiction(name);
    container.set(key, { value });
  } else if (next === "") {
    const list = there ?? [];
    if (!Array.isArray(list)) throw contradiction(name);
    container.set(key, list);
    list.push(item(rest, value, name));
  } else {
    const inner = there ?? new Map();
    if (!(inner instanceof Map)) throw contradiction(name);
    container.set(key, inner);
    put(inner, [next, ...rest], value, name);
  }
}

/** Each field with `[]` is an item of its own. */
function item(keys: readonly string[], value: JsonValue, name: string): Node {
  const [key] = keys;
  if (key === undefined) return { value };
  if (key === "") return [item(keys.slice(1), value, name)];
  const inner: Container = new Map();
  put(inner, keys, value, name);
  return inner;
}

function contradiction(name: string): AppError {
  return new AppError("usage", `The field "${name}" was given before, or as another kind of value.`, {
    hint: "Give each field once; items of a list end in [].",
  });
}

/** Whatever its name, a key is a key of its own: `__proto__`, too. */
function toObject(container: Container): JsonObject {
  return Object.fromEntries([...container].map(([key, node]) => [key, toJson(node)]));
}

function toJson(node: Node): JsonValue {
  if (node instanceof Map) return toObject(node);
  return Array.isArray(node) ? node.map(toJson) : node.value;
}
