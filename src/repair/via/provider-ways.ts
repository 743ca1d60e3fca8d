/** The port behind which a provider carries out operations: it proves its rights, plans, and waits until the provider is done. */

import type { Drift } from "../../drift/compare/diff.ts";
import type { Plan } from "../../drift/plan/plan.ts";
import type { ProviderApp, ProviderOperation } from "../../drift/plan/operations/provider-operation.ts";
import type { JsonObject } from "../../ground/json.ts";

/** Whether the credentials may write what a repair needs. */
export type WriteRights =
  | { readonly kind: "proved" }
  /** `why` is a clause that names what is missing: `the scope okta.apps.manage is not granted`. */
  | { readonly kind: "missing"; readonly why: string };

/** What came of one operation at the provider. */
export type ProviderAnswer =
  /** The provider says that it is done. `linkedTo`: SCIM id of the account or Team that it is linked to, where it says so. */
  | { readonly kind: "applied"; readonly linkedTo?: string }
  /** It refused, or its provisioning failed: in its words, with its code. `changed`: something of it was carried out. */
  | { readonly kind: "failed"; readonly message: string; readonly changed: boolean }
  /** Something there is no longer as the plan says: nothing was carried out. */
  | { readonly kind: "stale"; readonly reason: string }
  /**
   * It was begun and is not finished: the wait ran out, or an answer is missing. `isResumable`: a half of it is missing, so the
   * run stays unfinished until `apply --resume` has carried it out.
   */
  | { readonly kind: "unfinished"; readonly message: string; readonly isResumable?: true };

export interface CarryOut {
  /** What `look` returned before the first attempt, from the journal where another process made it. */
  readonly before: JsonObject;
  /** An earlier process may have carried out all or a part of it. */
  readonly isResumed: boolean;
  /**
   * Why it must not be begun any more, as Astro is now; undefined where nothing speaks against it. Asked where an earlier process may
   * have begun it: much may have happened since.
   */
  readonly whyNotNow: () => Promise<string | undefined>;
  /** Ends the waiting, and what was not begun; never leaves anybody between two halves. */
  readonly signal: AbortSignal;
  /** For the progress line: `waiting for Okta: ada@example.com is being provisioned, 4 s`. */
  readonly onProgress: (text: string) => void;
}

/** Carries out operations through one app of one provider. */
export interface ProviderWays {
  /** Kept in the plan: a saved plan goes only through the same app. */
  readonly app: ProviderApp;
  /** As messages name it: `Okta`, `Entra ID`. */
  readonly name: string;
  /**
   * Proves the rights without changing anything, before there is a plan.
   * @throws AppError unauthorized, unreachable, interrupted
   */
  proveRights(): Promise<WriteRights>;
  /**
   * The same plan through the provider, wherever that leaves its link intact: each operation says which way it goes and why.
   * What no way can do is left out with its reason.
   * @throws AppError where the provider cannot be read
   */
  route(plan: Plan, drift: Drift): Promise<Plan>;
  /**
   * How the provider has it right before the operation, for the journal: what `carryOut` needs to know whether it was carried out.
   * No secret is in it. A string says why the operation cannot be carried out any more.
   * @throws AppError where the provider cannot be read
   */
  look(operation: ProviderOperation): Promise<JsonObject | string>;
  /**
   * Carries it out and waits, bounded, until the provider says that it is done. Where `isResumed`, what was done is not repeated.
   * What the provider answers is never thrown.
   */
  carryOut(operation: ProviderOperation, options: CarryOut): Promise<ProviderAnswer>;
}
