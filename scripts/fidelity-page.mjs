// docs/fidelity.md, made from the sections of the fidelity tables.

import { contentsList } from "./contents-list.mjs";
import { answerRows, markdownTable } from "./markdown-table.mjs";

const intro = `# How sure the simulated providers are

Neither Okta nor Microsoft documents everything that its provisioning service does. The simulators do what is clearly
documented. The rest is listed here: one switch for each open question, with the more likely value as its default.
This page is generated from the tables that the simulators read (\`node scripts/write-fidelity.mjs\`).

    astro-scim simulate okta --fidelity rateLimitAttempts=11 --fidelity deletedGroupGone=error

\`\`\`yaml
idp: okta                       # in a fixture
fidelity:
  rateLimitAttempts: 11
\`\`\`

\`\`\`ts
const result = await simulate({ fidelity: { rateLimitAttempts: 11 } });
\`\`\`

The command line overrides the fixture. To be safe, rehearse with each value.

*Certainty* is about the default. **documented**: the vendor says so, though not in full detail. **observed**: seen in a
capture, an issue or a forum. **inferred**: from other known behaviour. **unknown**: a guess.
`;

/** The page; `providers` is `fidelitySections`: by provider, rows by name under their headings. */
export function fidelityPage(providers) {
  const parts = Object.entries(providers).map(([provider, sections]) =>
    [
      `## ${provider}\n`,
      ...Object.entries(sections).map(([title, rows]) => section(title, Object.entries(rows))),
    ].join("\n"),
  );
  const body = parts.join("\n");
  return [intro, contentsList(body), body].join("\n");
}

function section(title, rows) {
  return [
    `### ${title}\n`,
    markdownTable(
      ["switch", "default", "certainty"],
      rows.map(([name, row]) => [
        `**\`${name}\`** ${row.question}`,
        `\`${row.default}\``,
        `**${row.certainty}**: ${row.source}`,
      ]),
    ),
    markdownTable(
      ["value", "meaning"],
      rows.flatMap(([name, row]) => answerRows(name, row)),
    ),
  ].join("\n");
}
