/** Text from outside as one line of Markdown: nothing in it is markup, and nobody is mentioned by it. */

import { printable } from "../../ground/text/printable.ts";

/**
 * CommonMark §2.4: any ASCII punctuation may be escaped; only what could be markup is, so that an address stays readable. What GitHub makes of
 * plain text is broken up as well: a URL is no link, and `@name` notifies nobody.
 */
export function markdownText(text: string): string {
  return printable(text)
    .replaceAll(/\s+/g, " ")
    .replaceAll(/[\\`*_{}[\]<>#|~&!]/g, (sign) => `\\${sign}`)
    .replaceAll("://", "\\://")
    .replaceAll(/\bwww\./gi, (start) => `${start.slice(0, -1)}\\.`)
    .replaceAll(/(^|[^\p{L}\p{N}_.+-])@(?=[\p{L}\p{N}])/gu, "$1@&#8203;");
}
