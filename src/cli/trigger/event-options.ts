/** Who an event is about: the options of `trigger`, checked, with somebody invented where they name nobody. */

import { oktaSources } from "../../astro/attributes.ts";
import { AppError } from "../../ground/errors.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import type { JsonObject } from "../../ground/json.ts";
import { addressProblem, groupNameProblem } from "../../fixture/name-problems.ts";
import { quoted } from "../next/words.ts";
import { namesAndValues } from "../flags/name-and-value.ts";
import { eventTables, type EventRow, type ProviderId } from "./events.ts";

export interface EventFlags {
  readonly user?: string;
  readonly group?: string;
  readonly to?: string;
  /** NAME=VALUE, as written. */
  readonly set?: readonly string[];
}

/** To whom it happens. */
export interface EventSubjects {
  readonly user: string;
  /** Undefined where the event concerns none. */
  readonly group: string | undefined;
  /** The second name, of events that have one. */
  readonly to: string;
  /** Attributes by the names of the provider; null clears. */
  readonly set: Readonly<Record<string, string | null>>;
}

const inventedUser = "ada.lovelace@example.com";
const inventedGroup = "example-team";

/** @throws AppError usage */
export function eventSubjects(idp: ProviderId, event: string, flags: EventFlags): EventSubjects {
  const table: Readonly<Record<string, EventRow>> = eventTables[idp];
  const row = table[event];
  if (row === undefined) throw new AppError("usage", `There is no event "${event}".`);
  refuseSuperfluous(event, row, flags);
  const { user = inventedUser } = flags;
  refuseNameWithAddress(user);
  refuseProblem("--user", addressProblem(user));
  const group = flags.group ?? (row.group === "needed" ? inventedGroup : undefined);
  if (group !== undefined) refuseProblem("--group", groupNameProblem(group));
  const to = secondName(row, { user, group, given: flags.to });
  return { user, group, to, set: attributesOf(idp, flags) };
}

/** `Ada Lovelace <ada@example.org>` is the form of `fixture new --user`; here a name is an attribute. */
function refuseNameWithAddress(text: string): void {
  const [, address] = /^[^<>]*<([^<>]*)>$/.exec(text.trim()) ?? [];
  if (address === undefined) return;
  throw new AppError("usage", "The value of --user must be the e-mail address alone.", {
    hint: `Write --user ${quoted(address.trim())}; with joiner and update-user, --set gives the name, such as --set displayName='Ada Lovelace'.`,
  });
}

interface FirstNames {
  readonly user: string;
  readonly group: string | undefined;
  readonly given: string | undefined;
}

function secondName({ to: kind }: EventRow, { user, group, given }: FirstNames): string {
  const isAddress = kind === "e-mail address";
  const from = isAddress ? user : (group ?? inventedGroup);
  const to = given ?? (isAddress ? `renamed.${user}` : `${from}-2`);
  refuseProblem("--to", isAddress ? addressProblem(to) : groupNameProblem(to));
  if (kind !== undefined && foldCase(to) === foldCase(from)) {
    throw new AppError("usage", `--to must be another ${kind} than ${from}.`);
  }
  return to;
}

function refuseSuperfluous(event: string, row: EventRow, { group, to, set }: EventFlags): void {
  const given = { "--group": group, "--to": to, "--set": set };
  const takes = {
    "--group": row.group !== "none",
    "--to": row.to !== undefined,
    "--set": row.takesSet === true,
  };
  for (const option of ["--group", "--to", "--set"] as const) {
    if (given[option] === undefined || takes[option]) continue;
    throw new AppError("usage", `${option} cannot be used with the event ${event}.`, {
      hint: `Remove ${option}.`,
    });
  }
}

function refuseProblem(option: string, problem: string | undefined): void {
  if (problem !== undefined) throw new AppError("usage", `The value of ${option} ${problem}.`);
}

function attributesOf(idp: ProviderId, { set = [] }: EventFlags): EventSubjects["set"] {
  const example = idp === "okta" ? "displayName=Ada" : "department=Data";
  const values = namesAndValues("--set", set, example);
  const name = idp === "okta" ? "email" : "mail";
  if (Object.keys(values).some((key) => key === name || key === "login" || key === "userPrincipalName")) {
    throw new AppError("usage", `--set cannot change the name of the user.`, {
      hint: "Use the event rename-user with --to EMAIL.",
    });
  }
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value === "" ? null : value]));
}

/** Keys that a user has in a fixture; all others stand below `profile`. */
const ownKeys: Readonly<Record<ProviderId, ReadonlySet<string>>> = {
  okta: new Set(oktaSources),
  entra: new Set([
    "displayName",
    "givenName",
    "surname",
    "mailNickname",
    "department",
    "jobTitle",
    "userType",
  ]),
};

/** Attributes as a fixture writes them; `null` is left out where nothing is to be cleared. */
export function attributeEntry(
  idp: ProviderId,
  attributes: Readonly<Record<string, string | null>>,
  { clears }: { readonly clears: boolean },
): JsonObject {
  const entries = Object.entries(attributes).filter(([, value]) => clears || value !== null);
  const own = entries.filter(([key]) => ownKeys[idp].has(key));
  const others = entries.filter(([key]) => !ownKeys[idp].has(key));
  return {
    ...Object.fromEntries(own),
    ...(others.length === 0 ? {} : { profile: Object.fromEntries(others) }),
  };
}
