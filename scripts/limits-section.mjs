// What one request may hold and cause, as a section of docs/emulation.md: with the numbers that the server uses.

import { bodyLimits } from "../dist/scim/body-limits.js";
import { filterLimits } from "../dist/scim/filter/limits.js";
import { workLimits } from "../dist/scim/work.js";
import { defaultLimits } from "../dist/server/http/limits.js";
import { maxBulkOperations } from "../dist/server/scim/bulk.js";
import { markdownTable } from "./markdown-table.mjs";

const number = (value) => value.toLocaleString("en-US");

/** The rows, from the sizes of what is sent to the work that it causes. */
const rows = [
  ["body", `${number(defaultLimits.maxBodyBytes / 2 ** 20)} MiB`, "413"],
  ["URL, in characters", number(defaultLimits.maxUrlLength), "414"],
  ["objects and lists inside one another", number(bodyLimits.maxDepth), "400 invalidSyntax"],
  [
    "names of one object, in a body of more than 50,000 characters or a PATCH",
    number(bodyLimits.maxNames),
    "400",
  ],
  ["values, lists and objects of a body", number(bodyLimits.maxParts), "413"],
  ["characters of one string", number(bodyLimits.maxStringLength), "400 invalidValue"],
  [
    "values of one attribute; members of a Team",
    `${number(bodyLimits.maxValues)}; ${number(bodyLimits.maxReferences)}`,
    "400 invalidValue",
  ],
  ["characters of one resource as JSON, without members", number(bodyLimits.maxResourceLength), "413"],
  [
    "characters, open brackets, comparisons of a filter",
    `${number(filterLimits.maxLength)}, ${filterLimits.maxDepth}, ${filterLimits.maxTerms}`,
    "400 invalidFilter",
  ],
  [
    "characters of `attributes`, of `excludedAttributes`, in a search",
    number(bodyLimits.maxSelectionLength),
    "400 invalidValue",
  ],
  [
    "operations of a PATCH; of a bulk request",
    `${number(bodyLimits.maxOperations)}; ${number(maxBulkOperations)}`,
    "413",
  ],
  ["comparisons of a PATCH, or of all PATCHes of a bulk request", number(workLimits.edits), "413"],
  [
    "comparisons of a list with one resource; with all",
    `${number(workLimits.resource)}; ${number(workLimits.list)}`,
    "400 tooMany",
  ],
];

export function limitsSection() {
  return [
    "## Limits\n",
    `What one request may hold, and how much work it may cause. Nothing is measured in time, so the same request for the same
resource is always answered alike; what is too much is refused as a whole, and nothing is changed. No provider comes near
any of them.
`,
    markdownTable(["what", "at most", "beyond"], rows),
    `- A comparison is one condition of a filter with one value; long texts count more, by their length. A filter that names
  members by their ids (\`members[value eq "…"]\`, also several of them with \`or\`) looks at these alone, however large the
  Team is. That is the form that Okta and Entra ID send.
- While a list is made other requests have their turn. A PATCH is carried out in one go, so that nothing comes between
  its operations: hence the smaller number. In a bulk request others have their turn between the operations.
- A list ends when its client has gone away. A server that is stopped answers what is under way for
  ${defaultLimits.closeTimeoutMs / 1000} seconds at most; a second Ctrl-C ends it at once.
`,
  ].join("\n");
}
