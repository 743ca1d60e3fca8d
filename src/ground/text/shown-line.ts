/** A line of a file as it is shown beside a mistake. */

/** As much of a line as is shown. */
const longestLine = 200;

/** One visible character for a tab, so that the caret stands below its column; the end of a long line is left out. */
export function shownLine(line: string): string {
  const whole = line.replace(/\r$/, "").replaceAll("\t", "→");
  return whole.length > longestLine ? `${whole.slice(0, longestLine)} …` : whole;
}
