/** Requests whose fault is not in their body: methods, paths, queries and headers that nobody expects. */

import { hostileNames, withPiece } from "./broken-json.ts";
import type { Random } from "./random.ts";
import { json, type Prey } from "./right-requests.ts";
import { enterpriseUrn } from "./scim-model.ts";

export interface BrokenRequest {
  readonly method: string;
  /** From the root of the server. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

const endpoints = ["", "/Users", "/Groups", "/Schemas", "/ResourceTypes", "/ServiceProviderConfig", "/Me"];
const listed = ["", "/Users", "/Users", "/Groups", "/Groups"];

export function brokenQuery(random: Random, prey: Prey): BrokenRequest {
  const names = Object.keys(parameters) as (keyof typeof parameters)[];
  const chosen = [random.pick(names), ...random.some(names).slice(0, 3)];
  const parts = chosen.map((name) => {
    const value = parameters[name](random, prey);
    // Now and then as it is, as far as a client can put it into a URL.
    const encoded = random.oneIn(6) ? value.replaceAll(/[^\u0021-\u007E]|#/g, "%") : encode(value);
    return `${random.oneIn(9) ? name.toUpperCase() : name}=${encoded}`;
  });
  const endpoint = random.pick(random.oneIn(5) ? endpoints : listed);
  return { method: "GET", path: `${prey.base}${endpoint}?${parts.join("&")}`, headers: {} };
}

const filters = [
  'userName eq "a@example.com"',
  'emails[type eq "work" and (value co "@" or not (primary eq true))]',
  `${enterpriseUrn}:department pr and meta.lastModified gt "2026-01-01T00:00:00Z"`,
  'not (active eq "False") or name.givenName sw "\\u0041" and id ne null',
  'members[value eq "x" and display pr] or displayName ew "s"',
];

const parameters = {
  filter: brokenFilter,
  sortBy: ({ pick }: Random) =>
    pick([...hostileNames, "emails", "members", "password", "name", "meta.created", "x".repeat(3_000)]),
  sortOrder: ({ pick }: Random) => pick(["descending", "up", "", "ASCENDING", "__proto__"]),
  startIndex: ({ pick }: Random) => pick(numbers),
  count: ({ pick }: Random) => pick(numbers),
  cursor: ({ pick }: Random) =>
    pick(["", "x", "\u0000", "a".repeat(4_000), "eyJhbGciOiJub25lIn0..", "%%%", "AAAA"]),
  attributes: (random: Random) =>
    [...random.some(hostileNames), random.pick(["userName", "a[b", ",,", "*"])].join(","),
  excludedAttributes: (random: Random) => random.some([...hostileNames, "id", "members.value"]).join(","),
};

const numbers = [
  "0",
  "-1",
  "1e9",
  "1e999",
  "9".repeat(400),
  "NaN",
  "1.5",
  " 1",
  "0x10",
  "",
  "null",
  "9007199254740993",
];

function brokenFilter(random: Random, { userIds, takenNames }: Prey): string {
  const known = `id eq "${userIds[0]}" or userName eq "${takenNames[0]}"`;
  const right = random.pick([...filters, known]);
  return random.pick<() => string>([
    () => withPiece(random, right),
    () => withPiece(random, withPiece(random, right)),
    () => random.pick(["(", "not (", "a[", "a pr and ", '"', "\\"]).repeat(random.pick([3, 51, 600])),
    () => right.replaceAll(/eq|sw|co/g, random.pick(["gt", "pr", "xx", "ne", "EQ"])),
    () =>
      right.replaceAll(/"[^"]*"/g, random.pick(["null", "true", "1e400", "{}", "[]", '""', '"__proto__"'])),
  ])();
}

/** What Node's client and server both know; CONNECT has no place among requests on one connection. */
const methods =
  "DELETE GET HEAD OPTIONS PATCH POST PUT TRACE PROPFIND MKCOL COPY LOCK PURGE LINK SEARCH".split(" ");

/** Of resources only those that are not there: a DELETE that is allowed is not broken. */
export function otherMethod(random: Random, { base }: Prey): BrokenRequest {
  const method = random.pick(methods);
  const path =
    base + random.pick([...endpoints, "/Bulk", "/.search", "/Users/none", "/Groups/.search", "/Users/"]);
  const hasBody = random.oneIn(3) && method !== "HEAD" && method !== "TRACE";
  return hasBody ? { method, path, headers: json, body: Buffer.from("{}") } : { method, path, headers: {} };
}

export function otherPath(random: Random, { base, token, userIds }: Prey): BrokenRequest {
  const name = encode(random.pick(hostileNames));
  const path = random.pick([
    `${base}/Users/${name}`,
    `${base}/Groups/${name}/`,
    `${base}/Schemas/${name}`,
    `${base}/ResourceTypes/${name}`,
    `${base}/${name}`,
    `/scim/v2/${name}/Users`,
    `/_control/${name}`,
    `/${name}`,
    "/",
    "//",
    `${base}//Users`,
    `${base}/Users/${userIds[0]}/${name}`,
    `${base}/Users/../Groups/./`,
    `${base}/Users/%2e%2e%2fGroups`,
    `${base}/Users/%`,
    `${base}/Users/%E0%A4%A`,
    `${base}/Users/${"a".repeat(random.pick([499, 501, 7_000, 9_000, 20_000]))}`,
    `${base}/Users${"/x".repeat(random.pick([10, 1_000]))}`,
    `${base}/Users?${"&".repeat(random.pick([10, 5_000]))}`,
    `${base}/Users?${"a=1&".repeat(1_500)}filter=id%20pr`,
    `${base}/Users?access_token=${token}`,
    `${base}/Users?filter=userName+eq+%22${token}%22`,
  ]);
  return { method: random.pick(["GET", "GET", "HEAD", "PUT", "PATCH"]), path, headers: {} };
}

/** Beside a PATCH that would be right. */
export function oddHeaders(random: Random, prey: Prey): BrokenRequest {
  const [name, value] = random.pick<(random: Random, prey: Prey) => readonly [string, string]>([
    ({ pick }) => ["authorization", pick(["", "Bearer", "Basic x", `Bearer ${"x".repeat(8_000)}`, "\u00FF"])],
    ({ below }, { token }) => ["authorization", `Bearer ${token.slice(0, below(token.length))}`],
    (_random, { token }) => ["authorization", `Bearer Bearer ${token}`],
    ({ pick }) => [
      "content-type",
      pick(["text/xml", ";", "/", "x".repeat(9_000), "multipart/form-data; boundary=x"]),
    ],
    ({ pick }) => [
      "content-type",
      `application/json; charset=${pick(["utf-16", "x", '"', "utf-8; charset=latin1"])}`,
    ],
    ({ pick }) => ["content-encoding", pick(["gzip", "br", "deflate, gzip", "x"])],
    ({ pick }) => ["accept", pick(["", "text/html", "application/*;q=x", "*/*,".repeat(2_000)])],
    ({ pick }) => [
      "if-match",
      pick(["*", "W/", '"', 'W/"1', ",,,", 'W/"99999999999999999999"', '"a",'.repeat(2_000)]),
    ],
    ({ pick }) => ["if-none-match", pick(["*", 'W/"', "\u0080", '"1", W/"2"'])],
    ({ pick }) => [pick(["__proto__", "constructor", "tostring", "x-http-method-override"]), "DELETE"],
    ({ pick }) => [pick(["x-forwarded-host", "forwarded", "origin", "referer"]), "http://evil.example.com/"],
    () => ["cookie", "a=b; ".repeat(500)],
  ])(random, prey);
  const path = `${prey.base}/Users/${prey.userIds[0]}`;
  const body = { Operations: [{ op: "add", path: "title", value: "t" }] };
  return {
    method: "PATCH",
    path,
    headers: { ...json, [name]: value },
    body: Buffer.from(JSON.stringify(body)),
  };
}

/** A lone surrogate cannot be percent-encoded as UTF-8, but its bytes can. */
function encode(text: string): string {
  return /[\uD800-\uDFFF]/u.test(text) ? "%ED%A0%80" : encodeURIComponent(text);
}
