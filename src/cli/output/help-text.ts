/** What the help of a command says below its options, as wide as the terminal. */

import { Help } from "commander";
import type { Io } from "../../world/io.ts";

/** Where there is no terminal. */
export const widthOfHelp = 100;

/** For `addHelpText`: the text is laid out when it is shown. */
export function helpText(io: Io, text: string): () => string {
  return () => laidOut(text, io.stdout.columns ?? widthOfHelp);
}

/**
 * Lines that are not indented make a paragraph. Of an indented line the text behind the name is broken below its own
 * beginning; a command stays as it is, so that it can be copied.
 */
export function laidOut(text: string, columns: number): string {
  const paragraphs: string[] = [];
  for (const line of text.split("\n")) {
    const last = paragraphs.at(-1) ?? "";
    if (isProse(line) && isProse(last)) paragraphs.splice(-1, 1, `${last} ${line}`);
    else paragraphs.push(line);
  }
  return paragraphs.flatMap((line) => broken(line, columns)).join("\n");
}

function isProse(line: string): boolean {
  return /^\S/.test(line);
}

function broken(line: string, columns: number): readonly string[] {
  if (/^\s+astro-scim /.test(line)) return [line];
  const [, head = "", rest = line] = /^(\s+\S+\s{2,})(.*)$/.exec(line) ?? [];
  const help = new Help();
  help.minWidthToWrap = 1;
  const lines = help.boxWrap(rest, Math.max(columns - head.length, 1)).split("\n");
  return lines.map((text, index) => (index === 0 ? head : " ".repeat(head.length)) + text);
}
