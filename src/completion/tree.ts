/** The command line as data: what completion needs of it. Written as JSON when astro-scim is built, since making it takes too long. */

/** What a word stands for, where it is none of a fixed list. */
export type ValueKind =
  | "nothing"
  | "files"
  | "folders"
  | "source"
  | "fixture"
  | "profile"
  | "team"
  /** The name of a step of a timeline. */
  | "step"
  /** The same, or `start` or `end`. */
  | "moment";

export interface CompletedOption {
  /** `-o`, `--output`. */
  readonly names: readonly string[];
  readonly description: string;
  /** Undefined for one without a value. */
  readonly value: CompletedValue | undefined;
}

export interface CompletedValue {
  readonly choices: readonly string[];
  readonly kind: ValueKind;
}

export interface CompletedArgument extends CompletedValue {
  readonly isVariadic: boolean;
}

export interface CompletedCommand {
  /** The name, and other names of it. */
  readonly names: readonly string[];
  readonly description: string;
  readonly options: readonly CompletedOption[];
  readonly arguments: readonly CompletedArgument[];
  readonly commands: readonly CompletedCommand[];
  /** Name of the command that is meant where none is named. */
  readonly byDefault: string | undefined;
}
