/** Bodies that are wrong in one way or another, made from right ones: as text that is no JSON, and as JSON that nobody expects. */

import type { Random } from "./random.ts";

/** Names that mean something to JavaScript, to SCIM in another place, or to a parser of paths. */
export const hostileNames = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "valueOf",
  "hasOwnProperty",
  "__defineGetter__",
  "then",
  "toJSON",
  "length",
  "0",
  "",
  " ",
  "\u0000",
  "\uD800",
  "$ref",
  "a.b.c",
  "emails[",
  'emails[type eq "work"].value',
  "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
  "urn:ietf:params:scim:schemas:core:2.0:User:userName",
  "schemas",
  "USERNAME",
  "Operations",
  "id",
  "meta",
] as const;

/** A JSON value in the place of which another one was expected. */
export function oddValue(random: Random): unknown {
  return random.pick(oddValues)(random);
}

const oddValues: readonly ((random: Random) => unknown)[] = [
  () => null,
  () => true,
  () => 0,
  () => -1.5,
  () => 1e308,
  () => Number.MAX_SAFE_INTEGER + 1,
  () => "",
  () => "True",
  () => "\u0000\uFFFF\uD800",
  () => [],
  () => [[[]]],
  () => ({}),
  () => [null, {}, "", 0],
  () => ({ value: { value: { value: 1 } } }),
  () => ({ $ref: [], value: true }),
  ({ pick }) => pick(hostileNames),
  (random) => objectOf(random.some(hostileNames)),
  ({ pick }) => nested(pick([5, 19, 20, 21, 64])),
  ({ oneIn, pick }) => nested(oneIn(80) ? 4_000 : pick([22, 100])),
  ({ below }) => "x".repeat(below(300)),
  ({ below, oneIn }) => "y".repeat(oneIn(80) ? 99_999 + below(3) : 1_000),
  ({ oneIn }) => "[".repeat(oneIn(80) ? 50_000 : 500),
  ({ oneIn }) =>
    Array.from({ length: oneIn(200) ? 2_001 : 30 }, (_, at) => ({ value: `v${at}`, primary: true })),
];

/** The body with one of its values, at any depth, in the place of which stands an odd one. */
export function withOddValue(random: Random, body: unknown): unknown {
  if (typeof body === "string" && random.oneIn(2)) return withPiece(random, body);
  if (typeof body !== "object" || body === null || random.oneIn(5)) return oddValue(random);
  const names = Object.keys(body);
  if (names.length === 0) return oddValue(random);
  const chosen = random.pick(names);
  const replace = (value: unknown, name: string): unknown =>
    name === chosen ? withOddValue(random, value) : value;
  if (Array.isArray(body)) return body.map((value, at) => replace(value, String(at)));
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, replace(value, name)]));
}

/** Text that a parser of paths, filters, dates or names stumbles over. */
export function withPiece(random: Random, text: string): string {
  const at = random.below(text.length + 1);
  const piece = random.pick([...pieces, ...hostileNames]);
  const [before, after] = [text.slice(0, at), text.slice(at)];
  return random.pick([
    before,
    after,
    before + piece + after,
    before + piece + after.slice(1),
    before + after.slice(1),
  ]);
}

const pieces = [
  "(",
  ")",
  "[",
  "]",
  '"',
  "\\",
  " and ",
  " or ",
  "not",
  ".",
  ":",
  " eq ",
  " pr",
  ",",
  "%",
  "é",
];

/** The body with more names in it, somewhere. */
export function withHostileNames(random: Random, body: unknown): unknown {
  if (Array.isArray(body) && body.length > 0) {
    const chosen = random.below(body.length);
    return body.map((value, at) => (at === chosen ? withHostileNames(random, value) : value));
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) return body;
  const inner = Object.keys(body).filter((name) => typeof body[name as never] === "object");
  if (inner.length > 0 && random.oneIn(2)) {
    const chosen = random.pick(inner);
    return { ...body, [chosen]: withHostileNames(random, body[chosen as never]) };
  }
  const names = [random.pick(hostileNames), ...random.some(hostileNames).slice(0, 4)];
  return {
    ...body,
    ...objectOf(
      names.filter((name) => !Object.hasOwn(body, name)),
      () => oddValue(random),
    ),
  };
}

/** Text in which one name stands twice; JSON leaves open which one counts (RFC 8259 §4). */
export function withDuplicates(random: Random, text: string): string {
  const places = [...text.matchAll(/[{,]"(?<name>[^"\\]*)":/g)];
  const place = random.pick(places);
  if (place === undefined) return text;
  const again = `${JSON.stringify(place.groups?.["name"])}:${JSON.stringify(oddValue(random))},`;
  const at = place.index + 1;
  return text.slice(0, at) + again.repeat(again.length < 100 && random.oneIn(4) ? 50 : 1) + text.slice(at);
}

/** Bytes that are mostly no JSON any more, and often no UTF-8. */
export function broken(random: Random, text: string): Buffer {
  const bytes = Buffer.from(text);
  const at = random.below(bytes.length + 1);
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  const junk = Buffer.from(random.pick(junkBytes), "latin1");
  return random.pick([
    () => before,
    () => after,
    () => Buffer.concat([before, junk, after]),
    () => Buffer.concat([before, junk, after.subarray(1)]),
    () => Buffer.concat([before, after.subarray(1 + random.below(9))]),
    () => Buffer.concat([before, before, after]),
    () => Buffer.concat([bytes, junk]),
    () => Buffer.from(text, "utf16le"),
    () => Buffer.concat([Buffer.from("\uFEFF"), bytes]),
    () => Buffer.alloc(random.below(200), random.below(256)),
    () => Buffer.from(random.pick(["[", '{"a":', '"\\u', "{"]).repeat(random.pick([10, 1_000, 20_000]))),
  ])();
}

const junkBytes = [
  ",",
  "}",
  '"',
  "\\",
  "\\u12",
  "\\x41",
  "\u0000",
  "\u00FF\u00FE",
  "\u00C3\u0028",
  "\u00ED\u00A0\u0080",
  "\u00F5\u0090\u0080\u0080",
  "NaN",
  "-",
  "1e9999",
  "01",
  "'",
  "//",
  "/**/",
  "undefined",
  "\n\t\r",
  "\u007F",
  "<a/>",
  '":"',
  ":[",
];

/** `__proto__` as a name like any other, which an object literal could not say. */
function objectOf(
  names: readonly string[],
  value: (name: string) => unknown = () => ({ polluted: 1 }),
): object {
  const pairs = names.map((name) => [name, value(name)] as const);
  return Object.fromEntries(pairs);
}

function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { name: value };
  return value;
}
