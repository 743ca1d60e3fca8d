/** The users and groups of `fixture new`: from its flags, or asked for at the terminal. */

import {
  groupProblem,
  starterDirectory,
  typedGroup,
  typedUser,
  typedUsers,
  type StarterDirectory,
  type StarterUser,
  type Typed,
} from "../../fixture/starter/directory.ts";
import { AppError } from "../../ground/errors.ts";
import type { Io } from "../../world/io.ts";
import { askText } from "../prompt.ts";

interface TypedFlags {
  readonly user?: readonly string[];
  readonly group?: readonly string[];
}

/**
 * Undefined where the flags name nobody.
 * @throws AppError usage for a user or a group that cannot be read
 */
export function directoryFrom({ user = [], group = [] }: TypedFlags): StarterDirectory | undefined {
  const users = user.map((text) => valueOf(typedUser(text), "--user 'Ada Lovelace <ada@example.org>'"));
  const groups = group.map((text) => valueOf(typedGroup(text), `--group '${groupExample}'`));
  return valueOf(starterDirectory(users, groups), `--group '${groupExample}'`);
}

const groupExample = "data-platform: ada@example.org, grace@example.org";

/**
 * Asks for users, then for groups until Enter alone; undefined where no user is given. `verb` is what makes a group a Team.
 * @throws AppError interrupted, for Ctrl-C
 */
export async function askDirectory(io: Io, verb: "push" | "assign"): Promise<StarterDirectory | undefined> {
  const answer = await askText(io, {
    message: "E-mail addresses of some users, separated by commas (Enter for three examples)",
    byDefault: "",
    problem: usersProblem,
  });
  const users = valueOf(typedUsers(answer), "");
  if (users.length === 0) return undefined;
  const groups: { readonly name: string; readonly members: readonly StarterUser[] }[] = [];
  for (;;) {
    const name = await askText(io, {
      message:
        groups.length === 0
          ? `Name of a group to ${verb} (Enter for none)`
          : `Name of another group to ${verb} (Enter for no more)`,
      byDefault: "",
      problem: (text) => {
        const names = groups.map((group) => group.name);
        return text.trim() === "" ? undefined : groupProblem(text.trim(), names);
      },
    });
    if (name.trim() === "") return valueOf(starterDirectory(users, groups), "");
    groups.push({ name: name.trim(), members: await askMembers(io, name.trim(), users) });
  }
}

async function askMembers(
  io: Io,
  name: string,
  users: readonly StarterUser[],
): Promise<readonly StarterUser[]> {
  const answer = await askText(io, {
    message: `Members of ${name}, separated by commas (Enter for all users)`,
    byDefault: "",
    problem: usersProblem,
  });
  const members = valueOf(typedUsers(answer), "");
  return members.length === 0 ? users : members;
}

function usersProblem(text: string): string | undefined {
  const users = typedUsers(text);
  return users.kind === "problem" ? users.sentence : undefined;
}

/** @throws AppError usage for a problem */
function valueOf<Value>(typed: Typed<Value>, example: string): Value {
  if (typed.kind === "read") return typed.value;
  throw new AppError("usage", typed.sentence, example === "" ? {} : { hint: `Example: ${example}` });
}
