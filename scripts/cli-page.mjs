// docs/cli.md, made from the commands of the program.

import { contentsList } from "./contents-list.mjs";

const intro = `# Command line

Every command with its options, as \`--help\` shows it. This page is generated from the commands (\`node scripts/write-cli.mjs\`).

Completion for bash, zsh, fish and PowerShell: \`astro-scim completion --help\`.
`;

/** Options of every command that are explained once. */
const isHelp = (option) => option.long === "--help";

/** The page; `program` is what `buildProgram` makes, `helpOf` the text of `--help` of a command by its words. */
export function cliPage(program, helpOf) {
  const body = commandsOf(program, [])
    .map(({ command, words }) => section(command, words, helpOf(words)))
    .join("\n");
  return [intro, contentsList(body.replaceAll(/```[^]*?```/g, "")), body].join("\n");
}

/** All that `--help` lists, those within others after them. */
function commandsOf(command, words) {
  return command
    .createHelp()
    .visibleCommands(command)
    .filter((one) => one.name() !== "help")
    .flatMap((one) => {
      const own = [...words, one.name()];
      return [{ command: one, words: own }, ...commandsOf(one, own)];
    });
}

function section(command, words, help) {
  const title = `${words.length === 1 ? "##" : "###"} ${words.join(" ")}`;
  const options = command
    .createHelp()
    .visibleOptions(command)
    .filter((option) => !isHelp(option));
  const parts = [title, "", sentence(command.description()), "", "```text", usageOf(help), "```", ""];
  if (command.registeredArguments.length > 0) {
    parts.push("| argument | |", "| --- | --- |", ...command.registeredArguments.map(argumentRow), "");
  }
  if (options.length > 0) parts.push("| option | |", "| --- | --- |", ...options.map(optionRow), "");
  const after = afterOptions(help);
  if (after !== "") parts.push("```text", after, "```", "");
  return parts.join("\n");
}

function usageOf(help) {
  return help.split("\n")[0].replace(/^Usage: /, "");
}

/** What stands below the options: how it works, exit statuses, examples. */
function afterOptions(help) {
  const paragraphs = help.trimEnd().split("\n\n");
  const last = paragraphs.findLastIndex((text) => /^(?:Options|Commands|Arguments):/.test(text));
  return paragraphs
    .slice(last + 1)
    .join("\n\n")
    .trim();
}

function argumentRow(argument) {
  return `| \`${argument.required ? "<" : "["}${argument.name()}${argument.variadic ? "..." : ""}${argument.required ? ">" : "]"}\` | ${cell(withChoices(argument))} |`;
}

function optionRow(option) {
  return `| \`${option.flags}\` | ${cell(withChoices(option))} |`;
}

function withChoices({ description, argChoices }) {
  return argChoices === undefined ? description : `${description} (${argChoices.join(", ")})`;
}

function cell(text) {
  return text.replaceAll(/[|<>*_[\]]/g, (sign) => `\\${sign}`);
}

function sentence(text) {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`.replaceAll(/[<>]/g, (sign) => `\\${sign}`);
}
