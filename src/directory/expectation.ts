/** What a step of a timeline should lead to: in Astro, in requests, in failures. */

import type { JsonObject } from "../ground/json.ts";
import type { ExpectedDifference } from "./difference.ts";

/**
 * Everything odd that is observed in a server's answers, by the code under which it is reported. `Deviation` (idp/observe)
 * says what each means, and is held to this list by the compiler.
 */
export const observationCodes = [
  "filter-ignored",
  "several-hits",
  "others-among-hits",
  "count-ignored",
  "counter-is-text",
  "counter-is-wrong",
  "value-not-stored",
  "members-not-stored",
  "no-id",
  "other-id",
  "password-returned",
  "error-is-no-scim",
  "created-without-201",
  "media-type",
] as const;

export type ObservationCode = (typeof observationCodes)[number];

/** What a whole rehearsal should lead to, and each of its steps may. */
export interface RehearsalExpectation {
  /** What is observed of the server's answers: it must happen, and fails nothing. */
  readonly observations?: readonly ObservationCode[];
  /** All that differs between the directory and Astro. */
  readonly drift?: readonly ExpectedDifference[];
}

/** What a step should lead to; what it does not name is not looked at. */
export interface Expectation extends RehearsalExpectation {
  /** By UserKey; by userName, or last e-mail address, for who is not in the directory, or no longer. */
  readonly users: ReadonlyMap<string, UserExpectation>;
  /** Members of a Team, named as users are, by Team name; null: there is no such Team. */
  readonly teams: ReadonlyMap<string, readonly string[] | null>;
  /** Whether memberships of inactive accounts count in `teams`; they do not where this is left out. */
  readonly countInactive?: boolean;
  /** What the provider sent in the step. */
  readonly requests?: readonly RequestExpectation[];
  /** What failed in the step; `none`: nothing did. */
  readonly errors?: "none" | readonly ErrorExpectation[];
}

export interface UserExpectation {
  /** Whether Astro has an account of that user at all, active or not. */
  readonly exists?: boolean;
  /** Of an account that exists: no account is expected with `exists: false`. */
  readonly active?: boolean;
  /** `userName`, and the attributes by their documented names or their SCIM paths; null: not set. */
  readonly attributes?: Readonly<Record<string, string | null>>;
}

/** A kind of request, and how often one of that kind was sent. */
export interface RequestExpectation {
  /** `write`: any but GET. */
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "write";
  readonly path?: RequestPath;
  /** What the body holds at least. */
  readonly body?: JsonObject;
  readonly min: number;
  readonly max?: number;
}

/** A path of requests, without the ids, which are not known beforehand. */
export interface RequestPath {
  /** As the fixture writes it. */
  readonly text: string;
  /** `/Users`, `/Groups`, or any other path as it is. */
  readonly endpoint: string;
  /** `any`: some resource; undefined: the endpoint itself. A user is named as under `users`, a Team by its name. */
  readonly resource?: "any" | { readonly kind: "user" | "team"; readonly name: string };
  /** Decoded; `*` stands for any text. Without it any query, or none. */
  readonly query?: string;
}

/** A failure of a job, by what is given of it. */
export interface ErrorExpectation {
  /** The UserKey or GroupKey; by name for who is not in the directory any more. */
  readonly subject?: { readonly kind: "user" | "group"; readonly name: string };
  /** The error code of Entra's provisioning logs. */
  readonly code?: string;
  /** Within the sentence, the reason or the explanation of the failure. */
  readonly says?: string;
}
