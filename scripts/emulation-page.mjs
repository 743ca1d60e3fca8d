// docs/emulation.md, made from the sections of the behaviour table.

import { contentsList } from "./contents-list.mjs";
import { answerRows, markdownTable } from "./markdown-table.mjs";
import { limitsSection } from "./limits-section.mjs";

const intro = `# How the local Astro behaves

Astro's SCIM server is not open source, and its documentation describes its purpose rather than its answers. So this
page lists, case by case, what the RFCs say, what is known about Astro, what Okta and Microsoft Entra ID send or expect, and
what the local Astro does. It is generated from the table that the server reads (\`node scripts/write-emulation.mjs\`).

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

By default the server accepts what the providers send. \`--strict\` follows the RFC where the two differ. A single
\`--behaviour\` overrides \`--strict\`, and the command line overrides the fixture.

*Evidence* is the basis of the default. **documented**: Astronomer, Okta, Microsoft or an RFC says so. **observed**:
seen in a capture, an issue or a public test suite. **inferred**: not documented; if you know better, change it.
`;

/** The page; `sections` is `behaviourSections`: rows by name, under their headings. */
export function emulationPage(sections) {
  const parts = Object.entries(sections).map(([title, rows]) => section(title, Object.entries(rows)));
  const body = [...parts, limitsSection()].join("\n");
  return [intro, contentsList(body), body].join("\n");
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
      ["value", "meaning"],
      rows.flatMap(([name, row]) => answerRows(name, row)),
    ),
  ].join("\n");
}
