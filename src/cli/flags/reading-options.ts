/** Options of the commands that read users and Teams. */

import { InvalidArgumentError, Option, type Command } from "commander";
import type { AstroApiName } from "../../astro/records/record.ts";
import { defaultRoleNames } from "../../astro/records/role-rank.ts";
import { teamSortKeys, userSortKeys, type SortBy } from "../../astro/records/select.ts";
import { AppError } from "../../ground/errors.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import { nearestName } from "../../ground/text/nearest-name.ts";
import type { ResultKind } from "../../report/formats.ts";
import { quoted } from "../next/words.ts";
import { addOutputOptions, addTargetOptions, type OutputFlags, type TargetFlags } from "./options.ts";

export interface ReadingFlags extends TargetFlags, OutputFlags {
  /** By default IAM where it is there, else SCIM. */
  readonly api?: AstroApiName;
}

export function addReadingOptions(command: Command, kind: ResultKind): Command {
  addOutputOptions(addTargetOptions(command), kind);
  return command.addOption(
    new Option(
      "--api <api>",
      "API to read: iam, or scim for servers without it (default: iam if it is there)",
    ).choices(["iam", "scim"] satisfies AstroApiName[]),
  );
}

/**
 * A role as Astro spells it. A name that begins like a default role must be one; any other may be a custom role.
 * @throws InvalidArgumentError with the nearest role
 */
export function roleName(text: string): string {
  const known = defaultRoleNames.find((name) => foldCase(name) === foldCase(text));
  if (known !== undefined) return known;
  if (!/^(?:organization|workspace|deployment|dag)_/i.test(text)) return text;
  const nearest = nearestName(text, defaultRoleNames);
  throw new InvalidArgumentError(
    nearest === undefined
      ? `Astro has no such role. It has ${defaultRoleNames.join(", ")}, and custom roles.`
      : `Did you mean ${nearest}?`,
  );
}

/** `--sort` of users and of Teams. */
export const userSort = { keys: userSortKeys.join(", "), parse: sortBy(userSortKeys) };
export const teamSort = { keys: teamSortKeys.join(", "), parse: sortBy(teamSortKeys) };

/** `KEY` or `KEY:desc`, of these keys. */
function sortBy<Key extends string>(keys: readonly Key[]): (text: string) => SortBy<Key> {
  return (text) => {
    const [name = "", direction = "asc", ...more] = text.split(":");
    const key = keys.find((each) => foldCase(each) === foldCase(name));
    if (key !== undefined && /^(?:asc|desc)$/.test(direction) && more.length === 0) {
      return { key, isDescending: direction === "desc" };
    }
    throw new InvalidArgumentError(`It must be one of ${keys.join(", ")}, with :desc behind it to reverse.`);
  };
}

/** `true` or `false`; the option alone is true. */
export function yesOrNo(text: string): boolean {
  if (text === "true" || text === "false") return text === "true";
  throw new InvalidArgumentError("It must be true or false.");
}

const statuses = ["ACTIVE", "INACTIVE", "PENDING", "BANNED"] as const;

/** A status of a user (Astro API reference, User), in any case. */
export function userStatus(text: string): string {
  const known = statuses.find((status) => status === text.toUpperCase());
  if (known !== undefined) return known;
  throw new InvalidArgumentError(`It must be one of ${statuses.join(", ")}.`);
}

/**
 * Of a list, which takes no word: one that is meant to be shown.
 * @throws AppError usage
 */
export function refuseWord(word: string | undefined, command: "users" | "teams" | "runs" | "profile"): void {
  if (word === undefined) return;
  throw new AppError("usage", `astro-scim ${command} lists all, and takes no name.`, {
    hint: `To show one: astro-scim ${command} show ${quoted(word)}`,
  });
}
