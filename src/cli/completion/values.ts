/** Candidates that are no part of the command line itself: profiles, Teams, fixtures, steps. Each is read from this machine. */

import { resolve } from "node:path";
import type { Candidate } from "../../completion/complete.ts";
import type { ValueKind } from "../../completion/tree.ts";
import { isJsonArray, isJsonObject } from "../../ground/json.ts";
import { readSmallFile } from "../../files/read-small-file.ts";
import type { Io } from "../../world/io.ts";

export interface NamedValues {
  readonly io: Io;
  /** The arguments before the word. */
  readonly arguments: readonly string[];
  readonly given: ReadonlyMap<string, string>;
  /** Shipped fixtures by their names on the command line, with their files. */
  readonly fixtures: ReadonlyMap<string, string>;
}

export async function valuesOf(kind: ValueKind, named: NamedValues): Promise<readonly Candidate[]> {
  switch (kind) {
    case "profile":
      return candidates(
        await (await import("../../target/profile/profile-names.ts")).profileNames(named.io),
        "profile",
      );
    case "team":
      return candidates(await teams(named), "Team");
    case "step":
      return candidates(await steps(named), "step");
    case "moment":
      return candidates(["start", "end", ...(await steps(named))], "step");
    case "source":
      return [
        { value: "okta", description: "a live Okta" },
        { value: "entra", description: "a live Microsoft Entra ID" },
        ...candidates([...named.fixtures.keys()], "example"),
      ];
    case "fixture":
      return candidates([...named.fixtures.keys()], "example");
    case "nothing":
    case "files":
    case "folders":
      return [];
    default:
      return kind satisfies never;
  }
}

function candidates(values: readonly string[], description: string): readonly Candidate[] {
  return values.map((value) => ({ value, description }));
}

async function teams({ io, given }: NamedValues): Promise<readonly string[]> {
  const { rememberedTeams } = await import("./team-names.ts");
  return rememberedTeams(io, given.get("--url") ?? given.get("--org"));
}

const maxBytes = 2 * 1024 * 1024;

/** The steps of the fixture that the line names. */
async function steps({ io, arguments: args, given, fixtures }: NamedValues): Promise<readonly string[]> {
  const named = given.get("--from") ?? args[0];
  if (named === undefined) return [];
  const { parse } = await import("yaml");
  const file = resolve(io.cwd, named);
  const place = (await io.disk.exists(file)) ? file : (fixtures.get(named) ?? file);
  const value: unknown = parse(await readSmallFile(io.disk, place, maxBytes));
  const timeline = isJsonObject(value) ? value["timeline"] : undefined;
  return isJsonArray(timeline)
    ? timeline.flatMap((step) =>
        isJsonObject(step) && typeof step["name"] === "string" ? [step["name"]] : [],
      )
    : [];
}
