// Tables of the pages that are made from tables of the program.

export function markdownTable(head, rows) {
  const lines = [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.map(cell).join(" | ")} |`);
  return `${lines.join("\n")}\n`;
}

/** The rows of "answer, what it means" of one question; `row` is a choice or a count. */
export function answerRows(name, row) {
  if (row.kind === "count") return [[`\`${name}=N\``, `a whole number from ${row.least} to ${row.most}`]];
  return Object.entries(row.values).map(([value, meaning]) => [`\`${name}=${value}\``, meaning]);
}

/** A line break or a bar would end the cell. */
function cell(text) {
  return text.replaceAll("|", "\\|").replaceAll(/\s+/g, " ");
}
