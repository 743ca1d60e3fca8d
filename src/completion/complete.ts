/** From the words of a command line to what the next one can be. Pure: names that are not part of the command line come later. */

import type {
  CompletedArgument,
  CompletedCommand,
  CompletedOption,
  CompletedValue,
  ValueKind,
} from "./tree.ts";

export interface Candidate {
  readonly value: string;
  readonly description: string;
}

export interface Completion {
  /** Those that are known already. */
  readonly candidates: readonly Candidate[];
  /** What else the word can be. */
  readonly kind: ValueKind;
  /** Of `--name=value`: what stands before the value. */
  readonly before: string;
  /** The part of the word that is there. */
  readonly begun: string;
  /** The arguments before the word, options left out, behind the names of commands. */
  readonly arguments: readonly string[];
  /** The values of options before the word, by each name of the option. */
  readonly given: ReadonlyMap<string, string>;
}

interface Place {
  readonly command: CompletedCommand;
  readonly arguments: readonly string[];
  readonly given: ReadonlyMap<string, string>;
  /** An option that waits for its value. */
  readonly waiting: CompletedOption | undefined;
  /** Behind `--` there are no options. */
  readonly isLiteral: boolean;
}

/** @param words the words before the one that is being typed, without the name of the program */
export function complete(root: CompletedCommand, words: readonly string[], begun: string): Completion {
  const place = walk(root, words);
  const found = { before: "", begun, arguments: place.arguments, given: place.given };
  const assigned = place.isLiteral ? undefined : /^(--[\w-]+=)(.*)$/s.exec(begun);
  if (place.waiting?.value !== undefined) return { ...found, ...valueOf(place.waiting.value) };
  if (assigned !== null && assigned !== undefined) {
    const [, before = "", value = ""] = assigned;
    const option = optionOf(place.command, before.slice(0, -1));
    if (option?.value === undefined) return { ...found, candidates: [], kind: "nothing" };
    return { ...found, ...valueOf(option.value), before, begun: value };
  }
  if (begun.startsWith("-") && !place.isLiteral) {
    return { ...found, candidates: optionCandidates(place.command), kind: "nothing" };
  }
  return { ...found, ...argumentOf(place) };
}

function walk(root: CompletedCommand, words: readonly string[]): Place {
  let place: Place = {
    command: root,
    arguments: [],
    given: new Map(),
    waiting: undefined,
    isLiteral: false,
  };
  for (const word of words) place = after(place, word);
  return place;
}

function after(place: Place, word: string): Place {
  const { command, waiting, isLiteral } = place;
  if (waiting !== undefined) return { ...withValue(place, waiting, word), waiting: undefined };
  if (!isLiteral && word === "--") return { ...place, isLiteral: true };
  if (!isLiteral && word.startsWith("-") && word !== "-") return afterOption(place, word);
  const inner = place.arguments.length === 0 ? commandOf(command, word) : undefined;
  return inner === undefined
    ? { ...place, arguments: [...place.arguments, word] }
    : { ...place, command: inner };
}

function afterOption(place: Place, word: string): Place {
  const [name = "", ...value] = word.split("=");
  const option = optionOf(place.command, name);
  if (option?.value === undefined) return place;
  return word.includes("=") ? withValue(place, option, value.join("=")) : { ...place, waiting: option };
}

function withValue(place: Place, { names }: CompletedOption, value: string): Place {
  return { ...place, given: new Map([...place.given, ...names.map((name) => [name, value] as const)]) };
}

function commandOf({ commands }: CompletedCommand, name: string): CompletedCommand | undefined {
  return commands.find(({ names }) => names.includes(name));
}

function optionOf(command: CompletedCommand, name: string): CompletedOption | undefined {
  return optionsOf(command).find(({ names }) => names.includes(name));
}

/** Those of the command that is meant where none is named belong to it, too. */
function optionsOf(command: CompletedCommand): readonly CompletedOption[] {
  const { options, byDefault } = command;
  const inner = byDefault === undefined ? undefined : commandOf(command, byDefault);
  return inner === undefined ? options : [...options, ...inner.options];
}

/** The long name, and a short one where there is no other. */
function optionCandidates(command: CompletedCommand): readonly Candidate[] {
  const seen = new Set<string>();
  return optionsOf(command).flatMap(({ names, description }) => {
    const value = names.find((name) => name.startsWith("--")) ?? names[0] ?? "";
    if (seen.has(value)) return [];
    seen.add(value);
    return [{ value, description }];
  });
}

function valueOf({ choices, kind }: CompletedValue): Pick<Completion, "candidates" | "kind"> {
  return { candidates: choices.map((value) => ({ value, description: "" })), kind };
}

function argumentOf({ command, arguments: args, isLiteral }: Place): Pick<Completion, "candidates" | "kind"> {
  const argument = argumentAt(command.arguments, args.length);
  const own = argument === undefined ? { candidates: [], kind: "nothing" as const } : valueOf(argument);
  if (args.length > 0 || isLiteral) return own;
  const commands = command.commands.map(({ names: [value = ""], description }) => ({ value, description }));
  return { candidates: [...commands, ...own.candidates], kind: own.kind };
}

function argumentAt(all: readonly CompletedArgument[], at: number): CompletedArgument | undefined {
  const last = all.at(-1);
  return all[at] ?? (last?.isVariadic === true ? last : undefined);
}
