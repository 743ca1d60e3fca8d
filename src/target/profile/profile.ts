/** What a profile in `astro-scim.yaml` may say. */

import * as z from "zod";
import { parseLimit, type Limit } from "../../drift/safety/budget.ts";
import { responsibleForSchema } from "../../yaml/responsible-for.ts";
import { profileDirectorySchema } from "../directory/profile-directory.ts";

const text = z.string("must be text; put it in quotes").min(1, "must not be empty");
const wholeNumber = (min: number, max: number) =>
  z.int("must be a whole number").min(min, `must be at least ${min}`).max(max, `must be at most ${max}`);

/** `12` or `10%`. */
const limit = z.union([wholeNumber(0, 1_000_000), z.string()]).transform((value, context): Limit => {
  const parsed = parseLimit(String(value));
  if (parsed !== undefined) return parsed;
  context.addIssue({ code: "custom", message: "must be a whole number, or a percentage such as 10%" });
  return z.NEVER;
});

const attribute = text.regex(/^[A-Za-z][\w.]*$/, "must be the name of an attribute");

/** The answers of `setup`. */
export const profileSetupSchema = z.strictObject({
  provider: z.enum(["okta", "entra"], "must be okta or entra"),
  integration: z.enum(["catalog", "manual"], "must be catalog or manual").exactOptional(),
  mailAttribute: attribute.exactOptional(),
  ssoAttribute: attribute.exactOptional(),
  usersOnly: z.boolean("must be true or false").exactOptional(),
});

/** One profile. Each message completes a sentence that begins with the key. */
export const profileSchema = z.strictObject({
  /** SCIM base URL; either this or `org`. */
  url: text.exactOptional(),
  /** Organization ID on the public Astro, or on `domain`. */
  org: text.exactOptional(),
  domain: text.exactOptional(),
  /** The name of the environment variable that holds the token. */
  tokenEnv: text
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "must be the name of an environment variable, not the token itself")
    .exactOptional(),
  /** The directory source, as for `--from`. */
  from: text.exactOptional(),
  /** How a live directory is reached; it is read where `from` names nothing else. */
  directory: profileDirectorySchema.exactOptional(),
  /** How the provider is set up, for `setup`. */
  setup: profileSetupSchema.exactOptional(),
  /** Nothing is ever written to this target. */
  readOnly: z.boolean("must be true or false").exactOptional(),
  /** userNames and Team names that no repair touches. */
  protect: z.array(text, "must be a list of userNames and Team names").exactOptional(),
  /** Which accounts and Teams the directory of this target is responsible for; a fixture may say less, and never more. */
  responsibleFor: responsibleForSchema.exactOptional(),
  rate: wholeNumber(1, 1000).exactOptional(),
  concurrency: wholeNumber(1, 64).exactOptional(),
  /** Seconds. */
  timeout: wholeNumber(1, 600).exactOptional(),
  /** PEM file, from the profile file's folder. */
  ca: text.exactOptional(),
  maxDeletions: limit.exactOptional(),
  maxRemovals: limit.exactOptional(),
  maxRenames: limit.exactOptional(),
});

/** The whole file. */
export const profilesFileSchema = z.strictObject({
  profiles: z.record(z.string(), profileSchema, "must contain profiles by name"),
});

/** The settings of one profile, as the file has them. */
export type ProfileSettings = z.infer<typeof profileSchema>;

/** All profiles of a file, by name. */
export type Profiles = Readonly<Record<string, ProfileSettings>>;
