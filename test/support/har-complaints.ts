/** What an archive lacks: the required fields of "HAR 1.2 Spec", each with its type, as a table. */

type Type = "string" | "number" | "array" | "object" | "date";

/** `?` after a field's name: not required. `a.b`: the field b of the object a; `a[].b`: of each element of the list a. */
const fields: readonly (readonly [path: string, type: Type])[] = [
  ["log", "object"],
  ["log.version", "string"],
  ["log.creator", "object"],
  ["log.creator.name", "string"],
  ["log.creator.version", "string"],
  ["log.entries", "array"],
  ["log.entries[].startedDateTime", "date"],
  ["log.entries[].time", "number"],
  ["log.entries[].comment?", "string"],
  ["log.entries[].request", "object"],
  ["log.entries[].request.method", "string"],
  ["log.entries[].request.url", "string"],
  ["log.entries[].request.httpVersion", "string"],
  ["log.entries[].request.cookies", "array"],
  ["log.entries[].request.headers", "array"],
  ["log.entries[].request.headers[].name", "string"],
  ["log.entries[].request.headers[].value", "string"],
  ["log.entries[].request.queryString", "array"],
  ["log.entries[].request.queryString[].name", "string"],
  ["log.entries[].request.queryString[].value", "string"],
  ["log.entries[].request.postData?", "object"],
  ["log.entries[].request.postData?.mimeType", "string"],
  ["log.entries[].request.postData?.text", "string"],
  ["log.entries[].request.headersSize", "number"],
  ["log.entries[].request.bodySize", "number"],
  ["log.entries[].response", "object"],
  ["log.entries[].response.status", "number"],
  ["log.entries[].response.statusText", "string"],
  ["log.entries[].response.httpVersion", "string"],
  ["log.entries[].response.cookies", "array"],
  ["log.entries[].response.headers", "array"],
  ["log.entries[].response.headers[].name", "string"],
  ["log.entries[].response.headers[].value", "string"],
  ["log.entries[].response.content", "object"],
  ["log.entries[].response.content.size", "number"],
  ["log.entries[].response.content.mimeType", "string"],
  ["log.entries[].response.content.text?", "string"],
  ["log.entries[].response.redirectURL", "string"],
  ["log.entries[].response.headersSize", "number"],
  ["log.entries[].response.bodySize", "number"],
  ["log.entries[].cache", "object"],
  ["log.entries[].timings", "object"],
  ["log.entries[].timings.send", "number"],
  ["log.entries[].timings.wait", "number"],
  ["log.entries[].timings.receive", "number"],
];

/** One line for each field that is missing, has another type, or is none of the format's. */
export function harComplaints(har: unknown): readonly string[] {
  const missing = fields.flatMap(([path, type]) =>
    valuesAt(har, path.split("."), path)
      .filter((value) => !isOf(type, value))
      .map((value) => `${path}: ${JSON.stringify(value) ?? "missing"} is no ${type}`),
  );
  const known = new Set(fields.map(([path]) => path.replaceAll("?", "")));
  const foreign = [...pathsIn(har, "")]
    .filter((path) => !known.has(path) && !isCustom(path))
    .map((path) => `${path}: unknown`);
  return [...missing, ...foreign];
}

/** "Custom Fields" of the specification: "Custom fields and elements MUST start with an underscore". */
function isCustom(path: string): boolean {
  return path.includes("._");
}

function valuesAt(value: unknown, [step, ...rest]: readonly string[], path: string): readonly unknown[] {
  if (step === undefined) return [value];
  const name = step.replace(/\?|\[\]/g, "");
  const member = isRecord(value) ? value[name] : undefined;
  if (member === undefined && step.includes("?")) return [];
  if (!step.includes("[]")) return valuesAt(member, rest, path);
  return Array.isArray(member) ? member.flatMap((item) => valuesAt(item, rest, path)) : [undefined];
}

function* pathsIn(value: unknown, path: string): Generator<string> {
  if (Array.isArray(value)) {
    for (const item of value) yield* pathsIn(item, `${path}[]`);
    return;
  }
  if (!isRecord(value)) return;
  for (const [name, member] of Object.entries(value)) {
    const below = path === "" ? name : `${path}.${name}`;
    yield below;
    yield* pathsIn(member, below);
  }
}

function isOf(type: Type, value: unknown): boolean {
  switch (type) {
    case "array":
      return Array.isArray(value);
    case "object":
      return isRecord(value);
    case "date":
      return typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value);
    case "string":
    case "number":
      return typeof value === type;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
