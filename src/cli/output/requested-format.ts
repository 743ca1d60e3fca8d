/** In which format a result was asked for, also where the command line is wrong and was not read to its end. */

import type { Command } from "commander";
import { isForPeople, type FormatName } from "../../report/formats.ts";
import { outputFormat, type OutputFlags } from "../flags/options.ts";

/** By the options of the command that was called, else by the words of the command line. */
export function requestedFormat(program: Command, words: readonly string[]): FormatName {
  const read = formatRead(program);
  return isForPeople(read) ? formatIn(words) : read;
}

/** Only of the command that was called are options set. */
function formatRead(command: Command): FormatName {
  const own = outputFormat({ output: "text", ...command.opts<Partial<OutputFlags>>() });
  if (!isForPeople(own)) return own;
  return command.commands.map(formatRead).find((format) => !isForPeople(format)) ?? "text";
}

/**
 * `--json`, `-o json`, `-ojson`, `-qo json`, `--output=json`; the last one counts, and `--json` before all others. Every command has
 * an error in JSON; of another form it is unknown whether this command has it.
 */
function formatIn(words: readonly string[]): FormatName {
  if (words.includes("--json")) return "json";
  const named = words.flatMap((word, index) => {
    const [, value] = /^(?:--output(?:=|$)|-[vqy]*o)(.*)$/s.exec(word) ?? [];
    return value === undefined ? [] : [value === "" ? (words[index + 1] ?? "") : value];
  });
  return named.at(-1) === "json" ? "json" : "text";
}
