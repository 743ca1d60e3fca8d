/** What the body of an answer is when it is not the JSON that was asked for, in words for people. */

import type { WireResponse } from "./exchange.ts";

/** More of a foreign text does not help. */
const longestQuotation = 80;

/** `a web page (text/html)`, `the text "404 page not found"`, `nothing`; without a full stop. */
export function bodyInWords({ headers, text, json }: WireResponse): string {
  const start = text.slice(0, 1000).trim();
  if (start === "") return "nothing";
  if (start.startsWith("<")) return `a web page${mediaTypeIn(headers)}`;
  return json === undefined ? `the text ${quotation(start)}` : "JSON";
}

/** `404 page not found` in quotes, on one line, cut where it is long. */
export function quotation(text: string): string {
  const line = text.trim().replaceAll(/\s+/g, " ");
  return `"${line.length <= longestQuotation ? line : `${line.slice(0, longestQuotation)}…`}"`;
}

function mediaTypeIn(headers: WireResponse["headers"]): string {
  const [mediaType = ""] = (headers["content-type"] ?? "").split(";");
  return mediaType.trim() === "" ? "" : ` (${mediaType.trim()})`;
}
