/** What is odd about an answer, in words: what it is and hurts, and what this one says. */

import type { Oddity } from "../idp/observe/oddity.ts";
import { plural } from "./plural.ts";
import { printable } from "./printable.ts";

export interface OddityText {
  /** The same for all of a kind, so that they can be told once: `a look-up answers somebody else: …`. */
  readonly what: string;
  /** Of this one; empty where there is no more to say. */
  readonly detail: string;
}

/** Without full stops; whatever a server said is made safe for a terminal. */
export function oddityText(oddity: Oddity): OddityText {
  const { what, detail } = textsOf(oddity);
  return { what: printable(what), detail: printable(detail) };
}

function textsOf(oddity: Oddity): OddityText {
  if (isAboutAnswer(oddity)) return answerText(oddity);
  switch (oddity.code) {
    case "filter-ignored":
    case "several-hits":
      return lookupText(oddity);
    case "count-ignored":
    case "counter-is-text":
    case "counter-is-wrong":
      return listText(oddity);
    case "value-not-stored":
    case "members-not-stored":
      return writeText(oddity);
  }
}

type Kind<Code extends Oddity["code"]> = Extract<Oddity, { readonly code: Code }>;

function lookupText(oddity: Kind<"filter-ignored" | "several-hits">): OddityText {
  const asked = JSON.stringify(oddity.asked);
  if (oddity.code === "several-hits") {
    return {
      what: "a look-up by name has several hits, where one at most is right",
      detail: `${oddity.hits} for ${asked}`,
    };
  }
  const consequence = oddity.isTaken ? ", which is taken for it and overwritten" : " too";
  return {
    what: "a look-up answers somebody else, so the filter is ignored",
    detail: `asked for ${asked}, got ${JSON.stringify(oddity.got)}${consequence}`,
  };
}

function listText(oddity: Kind<"count-ignored" | "counter-is-text" | "counter-is-wrong">): OddityText {
  switch (oddity.code) {
    case "count-ignored":
      return {
        what: "a page is longer than count allows, so paging is ignored",
        detail: `asked for ${oddity.asked}, got ${oddity.got}`,
      };
    case "counter-is-text":
      return {
        what: `${oddity.counter} is a text, not a number; a provider may stop there without saying why`,
        detail: "",
      };
    case "counter-is-wrong":
      return {
        what: `${oddity.counter} of a list is wrong`,
        detail: `says ${oddity.said}, should say ${oddity.right}`,
      };
  }
}

function writeText(oddity: Kind<"value-not-stored" | "members-not-stored">): OddityText {
  if (oddity.code === "members-not-stored") {
    const { missing, extra } = oddity;
    const parts = [
      ...(missing.length === 0 ? [] : [`without ${plural(missing.length, "member")} that should be there`]),
      ...(extra.length === 0 ? [] : [`with ${plural(extra.length, "member")} that should not`]),
    ];
    return { what: "a Team is answered with other members than were sent", detail: parts.join(", ") };
  }
  const { attribute, sent, answered } = oddity;
  const got = answered === null ? "nothing" : JSON.stringify(answered);
  return {
    what: `${attribute} is answered otherwise than it was sent`,
    detail: `sent ${JSON.stringify(sent)}, got ${got}`,
  };
}

const answerCodes = [
  "no-id",
  "other-id",
  "password-returned",
  "error-is-no-scim",
  "created-without-201",
  "media-type",
] as const satisfies Oddity["code"][];

type AnswerOddity = Kind<(typeof answerCodes)[number]>;

function isAboutAnswer(oddity: Oddity): oddity is AnswerOddity {
  return answerCodes.some((code) => code === oddity.code);
}

function answerText(oddity: AnswerOddity): OddityText {
  switch (oddity.code) {
    case "no-id":
      return { what: "a resource has no id", detail: "" };
    case "other-id":
      return {
        what: "a resource has another id than was asked for",
        detail: `asked for ${JSON.stringify(oddity.asked)}, got ${JSON.stringify(oddity.got)}`,
      };
    case "password-returned":
      return { what: "a password is returned", detail: "" };
    case "error-is-no-scim":
      return {
        what: "an error is no SCIM error, so it has no detail that a console could show",
        detail: `${oddity.status} with ${oddity.body}`,
      };
    case "created-without-201":
      return { what: "a creation is not answered 201", detail: `answered ${oddity.status}` };
    case "media-type": {
      const { mediaType } = oddity;
      return {
        what: "the Content-Type of an answer is not application/scim+json",
        detail: mediaType === null ? "there is none" : mediaType,
      };
    }
  }
}
