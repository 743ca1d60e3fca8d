/** A Markdown page as GitHub shows it: its headings with their anchors, its links, its list of contents. */

export interface Heading {
  readonly level: number;
  readonly text: string;
  /** What a link to the heading has behind `#`. */
  readonly anchor: string;
}

/** The page without code blocks, in which `#` begins a comment. */
function prose(page: string): string {
  return page.replaceAll(/^```[^]*?^```$/gm, "");
}

/** Lower case, without punctuation, hyphens for spaces; a repeated heading gets a number. */
export function headingsOf(page: string): readonly Heading[] {
  const seen = new Map<string, number>();
  return [...prose(page).matchAll(/^(#+) (.+)$/gm)].map(([, marks = "", text = ""]) => {
    const plain = text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-");
    const times = seen.get(plain) ?? 0;
    seen.set(plain, times + 1);
    return { level: marks.length, text, anchor: times === 0 ? plain : `${plain}-${times}` };
  });
}

/** The targets of all links that lead to a file or a heading of the repository. */
export function relativeLinksOf(page: string): readonly string[] {
  return [...prose(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => target)
    .filter((target) => !/^[a-z]+:/.test(target));
}

/** A link to every section, and below it to its subsections. */
export function contentsOf(page: string): string {
  return headingsOf(page)
    .filter(({ level }) => level === 2 || level === 3)
    .map(({ level, text, anchor }) => `${level === 3 ? "  " : ""}- [${text}](#${anchor})`)
    .join("\n");
}
