/**
 * The one class of error that is meant for the person at the terminal. What went wrong in the protocol
 * is a `ScimError` (scim/error.ts); everything else a user can cause or cure is an `AppError`.
 */

/** Why a command could not do what was asked; ground/exit-status.ts gives each its exit status. */
export type AppErrorCode =
  | "usage"
  | "invalid-file"
  | "unreachable"
  | "not-scim"
  /** No API of Astro's, or none that knows the organization. */
  | "not-astro"
  | "source-incomplete"
  /** A part of the source may not be read with these credentials; the message names the permission. */
  | "permission-missing"
  | "unauthorized"
  | "refused"
  | "stale-plan"
  /** No user or Team is what was named, or several are. */
  | "not-found"
  | "failed"
  | "declined"
  | "interrupted";

/** A place in a file the user wrote: 1-based, with the line itself so that it can be shown. */
export interface FilePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

/** One thing that is wrong in a file the user wrote. */
export interface FileMistake {
  readonly message: string;
  /** What to do about it. */
  readonly hint: string | undefined;
  readonly place: FilePlace;
}

/** All that is wrong in a file. */
export interface AllMistakes {
  /** How many there are; more than are listed where there are very many. */
  readonly total: number;
  /** In the order of the file. */
  readonly list: () => readonly FileMistake[];
}

export interface AppErrorDetails {
  /** Where in a file it went wrong. */
  readonly place?: FilePlace;
  /** What to do next: one sentence, or a command line that can be pasted. */
  readonly hint?: string;
  /** Message or hint is a list, each item on a line of its own; whatever it quotes is made with `oneLine`. */
  readonly isList?: boolean;
  /** Of a file with mistakes: each by itself. */
  readonly mistakes?: AllMistakes;
  readonly cause?: unknown;
}

/** What is wrong, where, and what to do: one sentence each. Never holds a secret. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: AppErrorCode;
  readonly place: FilePlace | undefined;
  readonly hint: string | undefined;
  readonly isList: boolean;
  readonly mistakes: AllMistakes | undefined;

  constructor(code: AppErrorCode, message: string, details: AppErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.place = details.place;
    this.hint = details.hint;
    this.isList = details.isList ?? false;
    this.mistakes = details.mistakes;
  }
}

/** A name or a line of a file as an item of a list: with a line break in it, it would pass for two. */
export function oneLine(text: string): string {
  return text.replaceAll("\n", String.raw`\u{a}`);
}
