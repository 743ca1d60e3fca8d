// docs/emulation.md, made from the sections of the behaviour table.

import { answerRows, markdownTable } from "./markdown-table.mjs";
import { limitsSection } from "./limits-section.mjs";

const intro = `# How the local Astro behaves

Astro's SCIM server is not open source, and its documentation tells what it is for rather than what it answers. So this
page says, case by case, what the RFCs say, what is known of Astro, what Okta and Microsoft Entra ID send or expect, and
what the local Astro does. It is made from the table that the server itself reads (\`node scripts/write-emulation.mjs\`).

Every row is a switch:

    astro-scim serve --strict
    astro-scim serve --behaviour patchUserAnswer=no-content --behaviour defaultCount=20

\`\`\`yaml
astro:                          # in a fixture; also for the local Astro of simulate, diff and repairs
  strict: true
  behaviour:
    existingUser: adopt
\`\`\`

\`\`\`ts
const astro = await startServer({ strict: true, behaviour: { existingUser: "adopt" } });
\`\`\`

By default what the providers send is understood. \`--strict\` takes the RFC's reading where the two differ; a single
\`--behaviour\` counts more than \`--strict\`, and the command line more than the fixture.

*Evidence* says on what the default rests. **documented**: Astronomer, Okta, Microsoft or an RFC says so. **observed**:
seen in a capture, an issue or a public test suite. **inferred**: nothing public says; where you know better, switch it.
`;

/** The page; `sections` is `behaviourSections`: rows by name, under their headings. */
export function emulationPage(sections) {
  const parts = Object.entries(sections).map(([title, rows]) => section(title, Object.entries(rows)));
  return [intro, ...parts, limitsSection()].join("\n");
}

function section(title, rows) {
  return [
    `## ${title}\n`,
    markdownTable(
      ["case", "RFC", "Astro", "Okta", "Entra", "default", "strict", "evidence"],
      rows.map(([name, row]) => [
        `**\`${name}\`** ${row.question}`,
        row.rfc,
        row.astro,
        row.okta,
        row.entra,
        `\`${row.default}\``,
        row.strict === row.default ? "the same" : `\`${row.strict}\``,
        `**${row.evidence}**: ${row.source}`,
      ]),
    ),
    markdownTable(
      ["answer", "what it means"],
      rows.flatMap(([name, row]) => answerRows(name, row)),
    ),
  ].join("\n");
}
