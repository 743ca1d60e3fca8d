/** How an emulated Okta behaves beside what its company holds: tests and `serve` set it, at any time. */

export interface OktaSwitches {
  /** Of each bucket (apps, groups, users, logs, others). A request beyond it is answered 429 until the window is over. */
  rateLimit: { readonly requests: number; readonly windowSeconds: number };
  /** Simultaneous requests; one more is answered 429 with a limit and a remainder of 0 (Okta: Concurrency limits). */
  concurrency: number;
  /** How long each request takes at least. */
  latencyMs: number;
  /** Lists and searches show the company as it was so many requests or so much time before; single objects are as they are. */
  lag: { readonly requests?: number; readonly ms?: number };
  /** Ids of users and groups that the administrator's role does not reach: lists leave them out, and by id they are refused. */
  hidden: ReadonlySet<string>;
  /** Links to the next page lead to this origin, as behind a proxy that rewrites them wrongly. */
  nextLinkOrigin: string | undefined;
  /** Whether the app has Group Push. */
  groupPush: boolean;
  /** Whether Provisioning is switched on for the app. */
  provisioning: boolean;
  /** "SCIM connector base URL", as the app shows it; undefined: that of the Astro which is provisioned. */
  shownBaseUrl: string | undefined;
  /** Whether Sync Password is on. */
  syncPassword: boolean;
  /** Attributes that are mapped on create alone. */
  mappedOnCreate: ReadonlySet<string>;
  /** Whether service apps must prove the possession of a key with each token (DPoP, RFC 9449). */
  dpop: boolean;
  /** Whether a proof to the token endpoint must have a nonce that the server gave. */
  dpopNonce: boolean;
  /** How long an access token is valid. */
  tokenSeconds: number;
  /** Labels of other apps of the organization; one that is called as the app itself makes its label ambiguous. */
  otherApps: readonly string[];
  /** Rules that fill groups; undefined where the administrator's role does not show them. Nobody evaluates them here. */
  groupRules: readonly EmulatedGroupRule[] | undefined;
}

export interface EmulatedGroupRule {
  /** `0pr…`. */
  readonly id: string;
  readonly name: string;
  /** Ids of the groups that it fills. */
  readonly groupIds: readonly string[];
}

/** A fresh set: an Okta that behaves well, with limits that a client hardly reaches. */
export function oktaSwitches(): OktaSwitches {
  return {
    rateLimit: { requests: 10_000, windowSeconds: 60 },
    concurrency: 75,
    latencyMs: 0,
    lag: {},
    hidden: new Set(),
    nextLinkOrigin: undefined,
    groupPush: true,
    provisioning: true,
    shownBaseUrl: undefined,
    syncPassword: false,
    mappedOnCreate: new Set(),
    dpop: false,
    dpopNonce: true,
    tokenSeconds: 3600,
    otherApps: [],
    groupRules: [],
  };
}
