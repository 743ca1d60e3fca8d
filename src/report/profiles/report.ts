/** What `profile` reports: settings of profiles. Secrets are not among them, only the names of variables and files. */

import type { JsonObject } from "../../ground/json.ts";

export interface ProfileSummary {
  readonly name: string;
  /** SCIM base URL. */
  readonly target: string;
  /** `okta`, `entra`, or the source of `from`; undefined where there is none. */
  readonly directory: string | undefined;
  readonly isReadOnly: boolean;
  /** Chosen by `profile use`. */
  readonly isDefault: boolean;
  readonly file: string;
}

export interface ProfilesReport {
  readonly profiles: readonly ProfileSummary[];
}

export interface ProfileReport {
  readonly profile: ProfileSummary;
  /** As the file has them. */
  readonly settings: JsonObject;
  /** The variables that it names, and whether they are set. */
  readonly variables: readonly { readonly name: string; readonly isSet: boolean }[];
}
