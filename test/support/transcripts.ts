/** Transcripts of commands in a page of the documentation, abridged by whole lines. */

export interface Transcript {
  /** What follows `astro-scim`. */
  readonly line: string;
  readonly shown: string;
}

const blocks = /```console\n\$ astro-scim (?<line>[^\n]*)\n(?<shown>[^]*?)```/g;

/** Those below a heading of the second level, up to the next one. */
export function inSection(page: string, title: string): readonly Transcript[] {
  const [, rest = ""] = page.split(`\n## ${title}\n`);
  const [section = ""] = rest.split("\n## ");
  return [...section.matchAll(blocks)].map(({ groups }) => ({
    line: groups?.["line"] ?? "",
    shown: groups?.["shown"] ?? "",
  }));
}

/** Whether the shown lines are the printed ones, but for those for which a line `…` stands. */
export function isAbridgedFrom(shown: string, printed: string): boolean {
  const [first = "", ...further] = `\n${shown}`.split("\n…\n");
  const last = further.pop();
  if (last === undefined) return shown === printed;
  let rest = `\n${printed}`;
  if (!rest.startsWith(`${first}\n`)) return false;
  rest = rest.slice(first.length);
  for (const part of further) {
    const start = rest.indexOf(`\n${part}\n`);
    if (start === -1) return false;
    rest = rest.slice(start + 1 + part.length);
  }
  return rest.endsWith(`\n${last}`);
}
