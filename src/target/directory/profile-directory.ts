/** `directory` in a profile: how a live directory is reached. Of secrets it has names of variables and files only. */

import * as z from "zod";

const text = z.string("must be text; put it in quotes").min(1, "must not be empty");
const variable = text.regex(
  /^[A-Za-z_][A-Za-z0-9_]*$/,
  "must be the name of an environment variable, not the secret itself",
);

export const profileOktaSchema = z.strictObject({
  /** URL of the organization: `https://acme.okta.com`. */
  url: text.exactOptional(),
  /** Label or id of the Astro app. */
  app: text.exactOptional(),
  /** Variable with an API token. */
  tokenEnv: variable.exactOptional(),
  /** Of a service app. */
  clientId: text.exactOptional(),
  /** Variable with the service app's private key, PEM or JWK. */
  privateKeyEnv: variable.exactOptional(),
  /** The same in a file, from the profile file's folder. */
  privateKeyFile: text.exactOptional(),
});

export const profileEntraSchema = z.strictObject({
  /** Id or domain. */
  tenant: text.exactOptional(),
  /** Name or object id of the enterprise application. */
  app: text.exactOptional(),
  /** Id of the synchronization job, of an application that has several. */
  job: text.exactOptional(),
  /** As `--entra-cloud`. */
  cloud: text.exactOptional(),
  /** Of the app registration that reads. */
  clientId: text.exactOptional(),
  /** Variable with its client secret. */
  secretEnv: variable.exactOptional(),
  /** PEM file with its certificate and private key, from the profile file's folder. */
  certificateFile: text.exactOptional(),
  /** What Microsoft Graph does not show of the app: Settings > Scope, the flag in the Tenant URL, and the like. */
  scope: z.enum(["assigned", "all"], "must be assigned or all").exactOptional(),
  flag: z.boolean("must be true or false").exactOptional(),
  skipOutOfScopeDeletions: z.boolean("must be true or false").exactOptional(),
  ssoAttribute: text.exactOptional(),
});

export const profileDirectorySchema = z.strictObject({
  okta: profileOktaSchema.exactOptional(),
  entra: profileEntraSchema.exactOptional(),
});

export type ProfileOkta = z.infer<typeof profileOktaSchema>;
export type ProfileEntra = z.infer<typeof profileEntraSchema>;
