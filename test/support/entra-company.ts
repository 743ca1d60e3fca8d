/** A company of 250 in Entra ID, the same each time: groups within groups, guests, people without a mail, blocked and deleted ones. */

import type { Directory, DirectoryGroup, DirectoryUser } from "../../src/directory/directory.ts";
import { aDirectory, aGroup, anEntraUser } from "./builders.ts";

export interface EntraCompany {
  readonly directory: Directory;
  /** Keys of those who are not provisioned, or differ from others, by why. */
  readonly planted: {
    readonly guests: readonly string[];
    readonly withoutMail: readonly string[];
    /** By the assigned group that they are lost from. */
    readonly onlyNested: readonly string[];
    readonly blocked: readonly string[];
    readonly deleted: readonly string[];
    readonly unassigned: readonly string[];
  };
}

const size = 250;
const mailOf = (index: number): string => `person${index}@example.com`;
const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from }, (_, at) => from + at);

/**
 * 0 to 199 are in ten assigned teams of twenty, each also in the next one's if its number is even; 200 to 219 are in two groups
 * within the first team; 220 to 229 are assigned one by one; the rest are nobody's.
 */
export function entraCompanyOf250(): EntraCompany {
  const users = range(0, size).map(userAt);
  const keyAt = (index: number): string => users[index]?.key ?? "";
  const keys = (indexes: readonly number[]): readonly string[] => indexes.map(keyAt);
  const teams = range(0, 10).map((team): DirectoryGroup => {
    const own = range(team * 20, team * 20 + 20);
    const next = own.filter((index) => index % 2 === 0).map((index) => (index + 20) % 200);
    return aGroup(`team-${team}`, keys([...own, ...next]));
  });
  const inner = { ...aGroup("contractors", keys(range(200, 210))), nestedGroups: new Set(["interns"]) };
  const innermost = aGroup("interns", keys(range(208, 220)));
  const [first, ...others] = teams;
  if (first === undefined) throw new Error("a company without a team");
  const groups = [{ ...first, nestedGroups: new Set(["contractors"]) }, ...others, inner, innermost];
  return {
    directory: aDirectory({
      users,
      groups,
      assignedUsers: keys(range(220, 230)),
      assignedGroups: teams.map(({ key }) => key),
      pushedGroups: [],
    }),
    planted: {
      guests: keys(range(0, 200).filter(isGuest)),
      withoutMail: keys(range(0, 200).filter(isWithoutMail)),
      onlyNested: keys(range(200, 220)),
      blocked: keys(range(0, 200).filter(isBlocked)),
      deleted: keys(range(0, 200).filter(isDeleted)),
      unassigned: keys(range(230, size)),
    },
  };
}

const isGuest = (index: number): boolean => index % 50 === 7;
const isWithoutMail = (index: number): boolean => index % 50 === 13;
const isBlocked = (index: number): boolean => index % 50 === 21;
const isDeleted = (index: number): boolean => index % 100 === 33;

function userAt(index: number): DirectoryUser {
  const mail = mailOf(index);
  const status = isBlocked(index) ? "blocked" : isDeleted(index) ? "soft-deleted" : "active";
  return anEntraUser(mail, {
    status,
    profile: {
      displayName: `Person ${index}`,
      userType: isGuest(index) ? "Guest" : "Member",
      ...(isGuest(index) ? { userPrincipalName: `person${index}_partner.example#EXT#@example.com` } : {}),
      ...(isWithoutMail(index) ? { mail: null } : {}),
    },
  });
}
