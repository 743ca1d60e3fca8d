/** Behaviour: how attributes are named in paths, and what a filter may look like. */

import { choice } from "./row.ts";

export const filterRows = {
  extensionWithoutUrn: choice({
    question: "Can an extension attribute be named without the extension's URN?",
    values: { accept: "manager is the attribute of the enterprise extension", refuse: "unknown attribute" },
    default: "accept",
    strict: "refuse",
    evidence: "documented",
    source: "Microsoft Learn: SCIM tutorial (path manager)",
    rfc: "extension attributes are qualified by their URN (RFC 7644 §3.10)",
    astro: "not documented",
    okta: "sends the URN",
    entra: "Microsoft's documentation uses manager",
  }),
  unquotedValues: choice({
    question: "Can a string in a filter be written without quotes?",
    values: { accept: "userName sw O compares with the string O", refuse: "400 invalidFilter" },
    default: "accept",
    strict: "refuse",
    evidence: "observed",
    source: "AzureAD/SCIMReferenceCode: PostmanCollection.json (userName sw O, meta.Created gt …)",
    rfc: "strings need quotes (RFC 7644 §3.4.2.2, figure 1)",
    astro: "not documented",
    okta: "sends quotes",
    entra: "sends quotes",
  }),
  comparisonBehindBrackets: choice({
    question: 'Is emails[type eq "work"].value eq "x" a valid filter?',
    values: { accept: "yes: one value must match both conditions", refuse: "400 invalidFilter" },
    default: "accept",
    strict: "refuse",
    evidence: "inferred",
    source: "RFC 7644 §3.4.2.2, figure 1; a matching attribute can be mapped to such a path",
    rfc: "no: the expression ends with the brackets (RFC 7644 §3.4.2.2, figure 1)",
    astro: "not documented",
    okta: "not seen",
    entra: "not seen; possible if a matching attribute is mapped to one of several values",
  }),
};
