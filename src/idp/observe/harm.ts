/** Which observations do harm: the provider goes on with something that is not so, and writes to the wrong resource or believes what is false. */

import type { ObservationCode } from "../../directory/expectation.ts";
import type { Deviation } from "./deviation.ts";

/** A closed list; everything else is told and fails nothing. */
export function doesHarm(deviation: Deviation): boolean {
  switch (deviation.code) {
    case "filter-ignored":
      return deviation.use !== "none";
    case "value-not-stored":
      return deviation.attribute === "userName" || deviation.attribute === "active";
    case "members-not-stored":
    case "other-id":
    case "no-id":
      return true;
    case "several-hits":
    case "count-ignored":
    case "counter-is-text":
    case "counter-is-wrong":
    case "password-returned":
    case "error-is-no-scim":
    case "created-without-201":
    case "media-type":
      return false;
  }
}

/** The code by which a fixture expects it: there is none that a fixture cannot name. */
export function codeOf({ code }: Deviation): ObservationCode {
  return code;
}
