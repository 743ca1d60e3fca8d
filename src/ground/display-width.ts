/** How many columns of a terminal a text takes, and how it is broken into lines of so many. */

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Unicode Standard Annex #11: East Asian wide characters, and emoji, take two columns. */
const wide =
  /^[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{20000}-\u{3FFFD}]|\p{Emoji_Presentation}/u;

/** Of a text without control characters. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += wide.test(segment) ? 2 : 1;
  return width;
}

/** Lines of at most so many columns, broken at a space where one is near the end; at least one line. */
export function wrapped(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  let width = 0;
  for (const { segment } of graphemes.segment(text)) {
    const more = wide.test(segment) ? 2 : 1;
    if (line !== "" && width + more > columns) {
      const { full, rest } = broken(line);
      lines.push(full);
      line = rest;
      width = displayWidth(rest);
    }
    line += segment;
    width += more;
  }
  return [...lines, line];
}

/** At a space in the second half of the line, else at its end. */
function broken(line: string): { readonly full: string; readonly rest: string } {
  const space = line.lastIndexOf(" ");
  if (space < line.length / 2) return { full: line, rest: "" };
  return { full: line.slice(0, space), rest: line.slice(space + 1) };
}
