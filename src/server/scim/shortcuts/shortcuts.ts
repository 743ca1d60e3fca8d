/**
 * The door to the fast paths of SCIM: the text that the in-memory store keeps, and lists for which no query is made. Each
 * answers what the long way answers, or undefined where it does not know; a property test holds the two equal.
 */

import type { Shortcuts } from "../organization.ts";
import { ownTextOf, relatedTextOf, textOf } from "./kept-text.ts";
import { listPlainly } from "./plain-list.ts";

export const shortcuts: Shortcuts = {
  text: textOf,
  ownText: ownTextOf,
  relatedText: relatedTextOf,
  list: listPlainly,
};
