/** What a provider calls a group that is a Team: Okta pushes it, Entra assigns it. */

import type { AppSettings } from "../directory/app-settings.ts";

export interface GroupTerms {
  /** `pushed`, `assigned`. */
  readonly provided: string;
  /** The key of a fixture that makes it so. */
  readonly key: string;
}

const terms: Readonly<Record<AppSettings["idp"], GroupTerms>> = {
  okta: { provided: "pushed", key: "push: true" },
  entra: { provided: "assigned", key: "assign: true" },
};

export function groupTermsOf(idp: AppSettings["idp"]): GroupTerms {
  return terms[idp];
}
