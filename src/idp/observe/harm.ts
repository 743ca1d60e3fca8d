/** Which observations do harm: the provider goes on with something that is not so, and writes to the wrong resource or believes what is false. */

import type { ObservationCode } from "../../directory/expectation.ts";
import type { Deviation } from "./deviation.ts";

/** A closed list: no other observation fails a rehearsal. */
const harm: Readonly<Record<ObservationCode, "always" | "sometimes" | "never">> = {
  "filter-ignored": "sometimes",
  "value-not-stored": "sometimes",
  "members-not-stored": "always",
  "other-id": "always",
  "no-id": "always",
  "several-hits": "never",
  "others-among-hits": "never",
  "count-ignored": "never",
  "counter-is-text": "never",
  "counter-is-wrong": "never",
  "password-returned": "never",
  "error-is-no-scim": "never",
  "created-without-201": "never",
  "media-type": "never",
};

/** Whether it fails a rehearsal that does not expect it. */
export function doesHarm(deviation: Deviation): boolean {
  const { code } = deviation;
  if (code === "filter-ignored") return deviation.use !== "none";
  if (code === "value-not-stored") return vital.has(deviation.attribute);
  return harm[code] === "always";
}

/** What an account is found by, and whether its owner may sign in. */
const vital: ReadonlySet<string> = new Set(["userName", "active"]);

/** The code by which a fixture expects it: there is none that a fixture cannot name. */
export function codeOf({ code }: Deviation): ObservationCode {
  return code;
}
