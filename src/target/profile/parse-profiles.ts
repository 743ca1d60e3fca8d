/** From the text of an `astro-scim.yaml` to its profiles, or to an error with line and column that shows no secret. */

import type * as z from "zod";

import { AppError, type FilePlace } from "../../ground/errors.ts";
import { isJsonObject } from "../../ground/json.ts";
import { parseFixtureDocument } from "../../yaml/document.ts";
import { mistakesError, type Mistake } from "../../yaml/mistake.ts";
import { nearestName } from "../../ground/text/nearest-name.ts";
import { responsibleForKeys } from "../../yaml/responsible-for.ts";
import {
  profileDirectorySchema,
  profileEntraSchema,
  profileOktaSchema,
} from "../directory/profile-directory.ts";
import { profileSchema, profileSetupSchema, profilesFileSchema, type Profiles } from "./profile.ts";

/** Finding a place goes through the file; where everything is wrong, these are enough. */
const mostPlaced = 200;

const tokenHint = "Do not put a token in this file: set an environment variable and name it with tokenEnv.";

/**
 * Checks the text of an `astro-scim.yaml`.
 * @throws AppError invalid-file, with line and column; of lines that may hold a secret only the key is shown.
 */
export function parseProfiles(file: string, source: string): Profiles {
  const document = parseYaml(file, source);
  if (isEmpty(document.value)) return {};
  const result = profilesFileSchema.safeParse(document.value);
  const mistakes = result.success
    ? targetMistakes(result.data.profiles)
    : result.error.issues.flatMap(explain);
  if (result.success && mistakes.length === 0) return result.data.profiles;
  const placed = mistakes.slice(0, mostPlaced).map((mistake) => document.place(mistake));
  throw mistakesError(
    file,
    placed.map((mistake) => ({ ...mistake, place: withoutSecrets(mistake.place) })),
    mistakes.length,
  );
}

/** A file that has only comments, or `profiles:` with nothing below it: the first profile is still to be added. */
function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  return isJsonObject(value) && Object.keys(value).length === 1 && value["profiles"] === null;
}

/** The parser's own words may quote the line, so they are not passed on. */
function parseYaml(file: string, source: string): ReturnType<typeof parseFixtureDocument> {
  try {
    return parseFixtureDocument(file, source);
  } catch (error) {
    if (!(error instanceof AppError) || error.place === undefined) throw error;
    throw new AppError("invalid-file", "This is not valid YAML.", { place: withoutSecrets(error.place) });
  }
}

function targetMistakes(profiles: Profiles): readonly Mistake[] {
  return Object.entries(profiles).flatMap(([name, { url, org, domain, directory }]): readonly Mistake[] => {
    const path = ["profiles", name];
    const at = "key";
    if (directory !== undefined && Object.keys(directory).length !== 1) {
      return [{ path: [...path, "directory"], at, message: `"directory" must have either okta or entra.` }];
    }
    if (url === undefined && org === undefined) {
      return [{ path, at, message: `Profile "${name}" has no target.`, hint: "Add either url or org." }];
    }
    if (url !== undefined && org !== undefined) {
      return [{ path, at, message: `Profile "${name}" has two targets.`, hint: "Keep either url or org." }];
    }
    if (url === undefined || domain === undefined) return [];
    return [{ path: [...path, "domain"], at, message: `"domain" works with org, not with url.` }];
  });
}

function explain(issue: z.core.$ZodIssue): readonly Mistake[] {
  const path = issue.path.map((segment) => (typeof segment === "number" ? segment : String(segment)));
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey([...path, key], key));
  const key = path.findLast((segment) => typeof segment === "string") ?? "profiles";
  const name = typeof path.at(-1) === "number" ? `An item of "${key}"` : `"${key}"`;
  const message =
    issue.code === "invalid_type" && issue.message.startsWith("Invalid")
      ? "has the wrong format"
      : issue.message;
  return [{ path, message: `${name} ${message}.` }];
}

function unknownKey(path: readonly (string | number)[], key: string): Mistake {
  const at = "key";
  if (
    /token|secret|password|bearer|privatekey/i.test(key) &&
    !/^(?:token|secret|privatekey)env$/i.test(key)
  ) {
    return { path, at, message: `"${key}" is not allowed here.`, hint: tokenHint };
  }
  const known = knownKeys(path);
  const nearest = nearestName(key, known);
  const hint = nearest === undefined ? `Known keys here: ${known.join(", ")}.` : `Did you mean "${nearest}"?`;
  return { path, at, message: `Unknown key "${key}".`, hint };
}

function knownKeys(path: readonly (string | number)[]): readonly string[] {
  if (path.length === 1) return ["profiles"];
  if (path.length === 3) return Object.keys(profileSchema.shape);
  if (path[2] === "setup") return Object.keys(profileSetupSchema.shape);
  if (path[2] !== "directory") return responsibleForKeys;
  if (path.length === 4) return Object.keys(profileDirectorySchema.shape);
  return Object.keys((path[3] === "okta" ? profileOktaSchema : profileEntraSchema).shape);
}

/** Lines that may be shown whole: nobody takes the value of these keys for the place of a secret. */
const harmlessLine =
  /^\s*(?:profiles|setup|provider|integration|mailAttribute|ssoAttribute|usersOnly|org|domain|readOnly|protect|responsibleFor|domains|teams|rate|concurrency|timeout|ca|maxDeletions|maxRemovals|maxRenames):[^{]*$/;

/** The line as it is where it is harmless, else as far as its first colon. */
function withoutSecrets(place: FilePlace): FilePlace {
  if (harmlessLine.test(place.text)) return place;
  const colon = place.text.indexOf(":");
  return { ...place, text: colon === -1 ? "…" : `${place.text.slice(0, colon + 1)} …` };
}
