// What one request may hold and cause, as a section of docs/emulation.md: with the numbers that the server uses.

import { bodyLimits } from "../dist/scim/body-limits.js";
import { filterLimits } from "../dist/scim/filter/limits.js";
import { workLimits } from "../dist/scim/work.js";
import { defaultLimits } from "../dist/server/http/limits.js";
import { maxBulkOperations } from "../dist/server/scim/bulk/bulk.js";
import { markdownTable } from "./markdown-table.mjs";

const number = (value) => value.toLocaleString("en-US");

/** The rows, from the sizes of what is sent to the work that it causes. */
const rows = [
  ["body", `${number(defaultLimits.maxBodyBytes / 2 ** 20)} MiB`, "413"],
  ["URL, in characters", number(defaultLimits.maxUrlLength), "414"],
  ["nesting of objects and lists", number(bodyLimits.maxDepth), "400 invalidSyntax"],
  [
    "attributes of one object, in a PATCH or a body of more than 50,000 characters",
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
    `What one request may contain, and how much work it may cause. No limit is a time, so the same request for the same
resource always gets the same answer. A request beyond a limit is refused as a whole and changes nothing. No provider comes
close to these limits.
`,
    markdownTable(["what", "limit", "beyond it"], rows),
    `- A comparison is one condition of a filter with one value; long strings count more, by their length. A filter that selects
  members by id (\`members[value eq "…"]\`, also several of them with \`or\`) compares only these, no matter how large the
  Team is. Okta and Entra ID send this form.
- While a list is built, other requests are served. A PATCH runs without interruption, so that nothing changes between
  its operations; therefore its limit is lower. In a bulk request, others are served between the operations.
- A list ends when its client disconnects. A server that is stopped finishes open requests for
  at most ${defaultLimits.closeTimeoutMs / 1000} seconds; a second Ctrl-C ends it immediately.
`,
  ].join("\n");
}
