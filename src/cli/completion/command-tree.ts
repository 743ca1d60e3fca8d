/** The commands of the program as data, for completion. */

import type { Argument, Command, Option } from "commander";
import type {
  CompletedArgument,
  CompletedCommand,
  CompletedOption,
  CompletedValue,
  ValueKind,
} from "../../completion/tree.ts";

/** Hidden commands and options are left out. */
export function commandTree(command: Command): CompletedCommand {
  const help = command.createHelp();
  const commands = help.visibleCommands(command);
  return {
    names: [command.name(), ...command.aliases()],
    description: firstSentence(command.description()),
    options: help.visibleOptions(command).map(optionOf),
    arguments: command.registeredArguments.map(argumentOf),
    commands: commands.map((one) => (one.name() === "help" ? helpCommand(one, commands) : commandTree(one))),
    byDefault: defaultOf(command),
  };
}

/** `help` takes the name of a command. */
function helpCommand(help: Command, all: readonly Command[]): CompletedCommand {
  const choices = all.map((one) => one.name()).filter((name) => name !== "help");
  return { ...commandTree(help), arguments: [{ choices, kind: "nothing", isVariadic: false }] };
}

function optionOf({
  short,
  long,
  description,
  required,
  optional,
  argChoices,
  flags,
}: Option): CompletedOption {
  const names = [short, long].filter((name) => name !== undefined);
  const takesValue = required || optional;
  return {
    names,
    description: firstSentence(description),
    value: takesValue ? valueOf(long ?? "", { choices: argChoices, word: wordIn(flags) }) : undefined,
  };
}

function argumentOf(argument: Argument): CompletedArgument {
  const value = valueOf("", { choices: argument.argChoices, word: argument.name() });
  return { ...value, isVariadic: argument.variadic };
}

function valueOf(
  option: string,
  { choices = [], word }: { readonly choices: readonly string[] | undefined; readonly word: string },
): CompletedValue {
  if (choices.length > 0) return { choices, kind: "nothing" };
  return { choices: [], kind: kindsOfOption[option] ?? kindsOfWord[word] ?? "nothing" };
}

const kindsOfOption: Readonly<Record<string, ValueKind>> = {
  "--profile": "profile",
  "--save-profile": "profile",
  "--only": "team",
  "--at": "moment",
};

/** By the word that stands for the value in the help. */
const kindsOfWord: Readonly<Record<string, ValueKind>> = {
  file: "files",
  folder: "folders",
  plan: "files",
  recording: "files",
  profile: "profile",
  team: "team",
  step: "step",
  source: "source",
  fixture: "fixture",
};

/** `file` of `--trace <file>`. */
function wordIn(flags: string): string {
  return /[<[]([\w-]+)/.exec(flags)?.[1] ?? "";
}

/** Commander keeps it to itself: it shows in the usage of no command. */
function defaultOf(command: Command): string | undefined {
  const name: unknown = Reflect.get(command, "_defaultCommandName");
  return typeof name === "string" ? name : undefined;
}

function firstSentence(text: string): string {
  return (
    text
      .replaceAll(/\s+/g, " ")
      .split(/[:;(]| \u2013 /)[0]
      ?.trim() ?? ""
  );
}
