/** What is odd about an answer, in words: what it is and hurts, and what this one says. */

import type { Deviation } from "../../idp/observe/deviation.ts";
import { plural } from "../../ground/text/plural.ts";
import { printable } from "../../ground/text/printable.ts";

export interface DeviationText {
  /** The same for all of a kind, so that they can be reported once: `a look-up answers somebody else: …`. */
  readonly what: string;
  /** Of this one; empty where there is no more to say. */
  readonly detail: string;
}

/** Without full stops; whatever a server said is made safe for a terminal. */
export function deviationText(deviation: Deviation): DeviationText {
  const { what, detail } = textsOf(deviation);
  return { what: printable(what), detail: printable(detail) };
}

function textsOf(deviation: Deviation): DeviationText {
  if (isAboutAnswer(deviation)) return answerText(deviation);
  switch (deviation.code) {
    case "filter-ignored":
    case "several-hits":
    case "others-among-hits":
      return lookupText(deviation);
    case "count-ignored":
    case "counter-is-text":
    case "counter-is-wrong":
      return listText(deviation);
    case "value-not-stored":
    case "members-not-stored":
      return writeText(deviation);
  }
}

type Kind<Code extends Deviation["code"]> = Extract<Deviation, { readonly code: Code }>;

function lookupText(deviation: Kind<"filter-ignored" | "several-hits" | "others-among-hits">): DeviationText {
  const asked = JSON.stringify(deviation.asked);
  if (deviation.code === "others-among-hits") {
    return {
      what: "a lookup returns other resources beside the right one",
      detail: `${deviation.hits} for ${asked}, among them ${JSON.stringify(deviation.got)}`,
    };
  }
  if (deviation.code === "several-hits") {
    return {
      what: "a lookup by name has several hits; at most one is right",
      detail: `${deviation.hits} for ${asked}`,
    };
  }
  return {
    what: strangerTexts[deviation.use],
    detail: `asked for ${asked}, got ${JSON.stringify(deviation.got)}`,
  };
}

/** What became of the other resource makes another kind: what does harm is reported apart from what does none. */
const strangerTexts: Readonly<Record<Kind<"filter-ignored">["use"], string>> = {
  none: "a lookup returns another resource, so the filter is ignored",
  taken: "a lookup returns another resource, which is used instead",
  overwritten: "a lookup returns another resource, which is used instead and overwritten",
};

function listText(deviation: Kind<"count-ignored" | "counter-is-text" | "counter-is-wrong">): DeviationText {
  switch (deviation.code) {
    case "count-ignored":
      return {
        what: "a page is longer than count allows, so paging is ignored",
        detail: `asked for ${deviation.asked}, got ${deviation.got}`,
      };
    case "counter-is-text":
      return {
        what: `${deviation.counter} is a string, not a number; a provider may stop there without saying why`,
        detail: "",
      };
    case "counter-is-wrong":
      return {
        what: `${deviation.counter} of a list is wrong`,
        detail: `says ${deviation.said}, should say ${deviation.right}`,
      };
  }
}

function writeText(deviation: Kind<"value-not-stored" | "members-not-stored">): DeviationText {
  if (deviation.code === "members-not-stored") {
    const { missing, extra } = deviation;
    const parts = [
      ...(missing.length === 0 ? [] : [`without ${plural(missing.length, "member")} that should be there`]),
      ...(extra.length === 0 ? [] : [`with ${plural(extra.length, "member")} that should not`]),
    ];
    return { what: "the answer for a Team has other members than were sent", detail: parts.join(", ") };
  }
  const { attribute, sent, answered } = deviation;
  const got = answered === null ? "nothing" : JSON.stringify(answered);
  return {
    what: `${attribute} is answered with another value than was sent`,
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
] as const satisfies Deviation["code"][];

type AnswerDeviation = Kind<(typeof answerCodes)[number]>;

function isAboutAnswer(deviation: Deviation): deviation is AnswerDeviation {
  return answerCodes.some((code) => code === deviation.code);
}

function answerText(deviation: AnswerDeviation): DeviationText {
  switch (deviation.code) {
    case "no-id":
      return { what: "a resource has no id", detail: "" };
    case "other-id":
      return {
        what: "a resource has another id than requested",
        detail: `asked for ${JSON.stringify(deviation.asked)}, got ${JSON.stringify(deviation.got)}`,
      };
    case "password-returned":
      return { what: "a password is returned", detail: "" };
    case "error-is-no-scim":
      return {
        what: "an error is not a SCIM error, so it has no detail that a console could show",
        detail: `${deviation.status} with ${deviation.body}`,
      };
    case "created-without-201":
      return { what: "a creation is not answered with 201", detail: `answered ${deviation.status}` };
    case "media-type": {
      const { mediaType } = deviation;
      return {
        what: "the Content-Type of an answer is not application/scim+json",
        detail: mediaType === null ? "there is none" : mediaType,
      };
    }
  }
}
