/** Which of the URLs in a recording are SCIM's, and what stands before the resource in them. */

import { entraFlag } from "../../astro/address.ts";
import { AppError, oneLine } from "../../ground/errors.ts";
import { isJsonArray, isJsonObject } from "../../ground/json.ts";
import { objectIn, type RecordedBody, type RecordedEntry } from "./recorded-entry.ts";

/** RFC 7644 §3.2: the endpoints; names are as they are written there, for `/users` is what other APIs call theirs. */
const scimPath =
  /\/(?:(?:Users|Groups)(?:\/\.search|\/[^/]+)?|(?:Schemas|ResourceTypes)(?:\/[^/]+)?|ServiceProviderConfigs?|Me|Bulk|\.search)\/?$/;

/**
 * The one SCIM base of an archive, without a query: `https://h/scim/v2/o`. `asked` is what `--base` says: a URL, or
 * the path alone for any host.
 * @throws AppError usage, where `asked` is neither; invalid-file, where there is none, or several
 */
export function findScimBase(
  file: string,
  entries: readonly RecordedEntry[],
  asked: string | undefined,
): string {
  if (asked !== undefined) return askedBase(asked);
  const found = new Map<string, { requests: number; speaksScim: boolean }>();
  for (const entry of entries) {
    const base = baseIn(entry.url);
    if (base === undefined) continue;
    const { requests, speaksScim } = found.get(base) ?? { requests: 0, speaksScim: false };
    found.set(base, { requests: requests + 1, speaksScim: speaksScim || isScim(entry) });
  }
  const speaking = [...found].filter(([, { speaksScim }]) => speaksScim);
  // An archive without bodies and media types tells by its paths only.
  const bases = speaking.length > 0 ? speaking : [...found];
  const [only, ...more] = bases;
  if (only === undefined) {
    throw new AppError("invalid-file", `The recording ${file} has no SCIM requests.`, {
      hint: "If its paths are unusual, give the part of its URLs before /Users with --base URL.",
    });
  }
  if (more.length === 0) return only[0];
  const list = bases.map(([base, { requests }]) => `  ${oneLine(base)}  ${requests}`).join("\n");
  throw new AppError(
    "invalid-file",
    `The recording ${oneLine(file)} has requests to several SCIM servers:\n${list}`,
    { hint: `Choose one of them: --base ${oneLine(only[0])}`, isList: true },
  );
}

/**
 * The path below the base with what is known of its query.
 * Undefined where the URL is not below it, or leads to no endpoint of SCIM.
 */
export function pathBelow(base: string, url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { origin, pathname, search } = new URL(url);
  const anyHost = base.startsWith("/");
  if (!anyHost && new URL(base).origin !== origin) return undefined;
  const start = (anyHost ? base : new URL(base).pathname).replace(/\/$/, "");
  if (!pathname.startsWith(start)) return undefined;
  const below = pathname.slice(start.length);
  // RFC 7644 §3.4.2.1: a query at the root is one over all resource types.
  const isRootQuery = (below === "" || below === "/") && search !== "";
  if (!isRootQuery && scimPath.exec(below)?.index !== 0) return undefined;
  return (isRootQuery ? "/" : below) + scimQuery(search);
}

/** The same for the path of a trace, which is below the base already; whatever a file says, it stays there. */
export function pathInTrace(path: string): string | undefined {
  return path.startsWith("/") ? pathBelow("http://localhost", `http://localhost${path}`) : undefined;
}

/** True for a URL that leads to SCIM's endpoints at some base. */
export function leadsToScim(url: string): boolean {
  return baseIn(url) !== undefined;
}

/** The base that the answers of a trace name, in `meta.location` or `Location`; undefined where none does. */
export function baseInAnswers(entries: readonly RecordedEntry[]): string | undefined {
  for (const { answerHeaders, answerBody } of entries) {
    const meta = objectIn(answerBody)?.["meta"];
    const inBody = isJsonObject(meta) ? meta["location"] : undefined;
    const location = typeof inBody === "string" ? inBody : answerHeaders.get("location");
    const base = baseIn(location ?? "");
    if (base !== undefined) return base;
  }
  return undefined;
}

function baseIn(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { origin, pathname, protocol } = new URL(url);
  const at = scimPath.exec(pathname)?.index;
  return at === undefined || !/^https?:$/.test(protocol) ? undefined : origin + pathname.slice(0, at);
}

function askedBase(asked: string): string {
  const [path = ""] = asked.split(/[?#]/, 1);
  if (path.startsWith("/")) return path;
  const url = URL.canParse(path) ? new URL(path) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol)) {
    return url.origin + url.pathname.replace(/\/+$/, "");
  }
  throw new AppError("usage", "--base must be the start of the recorded URLs, or its path.", {
    hint: "Examples: --base https://scim.example.com/scim/v2/ORG, --base /scim/v2/ORG",
  });
}

/** RFC 7644 §3.4.2 and §3.9, RFC 9865 §2; and Entra's flag, which travels where it was recorded. */
const scimQueryKeys: ReadonlySet<string> = new Set([
  entraFlag.toLowerCase(),
  "attributes",
  "count",
  "cursor",
  "excludedattributes",
  "filter",
  "sortby",
  "sortorder",
  "startindex",
]);

/** Without what may be a secret of the recorded server: `?api_key=…`. */
function scimQuery(search: string): string {
  const parts = search.slice(1).split("&");
  const kept = parts.filter((part) => scimQueryKeys.has((part.split("=")[0] ?? "").toLowerCase()));
  return kept.length === 0 ? "" : `?${kept.join("&")}`;
}

function isScim({ requestHeaders, requestBody, answerHeaders, answerBody }: RecordedEntry): boolean {
  const mediaTypes = [
    answerHeaders.get("content-type") ?? "",
    ...requestHeaders.filter(([name]) => /^(?:accept|content-type)$/i.test(name)).map(([, value]) => value),
  ];
  return (
    mediaTypes.some((type) => /application\/scim\+json/i.test(type)) ||
    [requestBody, answerBody].some(namesScim)
  );
}

/** `schemas` of SCIM 2.0, or of 1.1. */
function namesScim(body: RecordedBody): boolean {
  const schemas = objectIn(body)?.["schemas"];
  return (
    isJsonArray(schemas) &&
    schemas.some((urn) => typeof urn === "string" && /^urn:(?:ietf:params:)?scim:/i.test(urn))
  );
}
