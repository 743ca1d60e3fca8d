// docs/fidelity.md, made from the sections of the fidelity tables.

import { answerRows, markdownTable } from "./markdown-table.mjs";

const intro = `# How sure the simulated providers are

Neither Okta nor Microsoft publishes everything that its provisioning service does. What is documented clearly, the
simulator does. What is not is listed here: a switch each, with the likelier answer as default, and on what it rests.
This page is made from the tables that the simulators themselves read (\`node scripts/write-fidelity.mjs\`).

    astro-scim simulate okta --fidelity rateLimitAttempts=11 --fidelity deletedGroupGone=error

\`\`\`yaml
idp: okta                       # in a fixture
fidelity:
  rateLimitAttempts: 11
\`\`\`

\`\`\`ts
const result = await simulate({ fidelity: { rateLimitAttempts: 11 } });
\`\`\`

The command line counts more than the fixture. Whoever wants to be safe rehearses with both answers.

*Certainty* is that of the default. **documented**: the vendor says so, if not in all detail. **observed**: seen in a
capture, an issue or a forum. **inferred**: from what is known of the rest. **unknown**: a guess.
`;

/** The page; `providers` is `fidelitySections`: by provider, rows by name under their headings. */
export function fidelityPage(providers) {
  const parts = Object.entries(providers).map(([provider, sections]) =>
    [
      `## ${provider}\n`,
      ...Object.entries(sections).map(([title, rows]) => section(title, Object.entries(rows))),
    ].join("\n"),
  );
  return [intro, ...parts].join("\n");
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
      ["answer", "what it means"],
      rows.flatMap(([name, row]) => answerRows(name, row)),
    ),
  ].join("\n");
}
