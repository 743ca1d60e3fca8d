/** Behaviour: how attributes are named in paths, and what a filter may look like. */

import { choice } from "./row.ts";

export const filterRows = {
  extensionWithoutUrn: choice({
    question: "Is an attribute of an extension found without the extension's URN?",
    values: { accept: "manager is the enterprise extension's", refuse: "nobody has it" },
    default: "accept",
    strict: "refuse",
    evidence: "documented",
    source: "Microsoft Learn: SCIM tutorial (path manager)",
    rfc: "attributes of extensions are qualified by their URN (RFC 7644 §3.10)",
    astro: "not said",
    okta: "sends the URN",
    entra: "its documents write manager",
  }),
  unquotedValues: choice({
    question: "May a text in a filter do without quotes?",
    values: { accept: "userName sw O compares with the text O", refuse: "400 invalidFilter" },
    default: "accept",
    strict: "refuse",
    evidence: "observed",
    source: "AzureAD/SCIMReferenceCode: PostmanCollection.json (userName sw O, meta.Created gt …)",
    rfc: "texts have quotes (RFC 7644 §3.4.2.2, figure 1)",
    astro: "not said",
    okta: "sends quotes",
    entra: "sends quotes",
  }),
  comparisonBehindBrackets: choice({
    question: 'Is emails[type eq "work"].value eq "x" a filter?',
    values: { accept: "both conditions on one value", refuse: "400 invalidFilter" },
    default: "accept",
    strict: "refuse",
    evidence: "inferred",
    source: "RFC 7644 §3.4.2.2, figure 1; a matching attribute may be mapped to such a path",
    rfc: "brackets end the expression (RFC 7644 §3.4.2.2, figure 1)",
    astro: "not said",
    okta: "not seen",
    entra: "not seen; possible where a matching attribute is mapped to one of several values",
  }),
};
