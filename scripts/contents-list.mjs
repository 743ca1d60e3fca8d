// The list of contents of a page that is made from tables: a link to each heading, with the anchor that GitHub gives it.

/** `body`: the sections of the page, without blocks of code. test/docs/contents.test.ts checks the result. */
export function contentsList(body) {
  const seen = new Map();
  const lines = [...body.matchAll(/^(##|###) (.+)$/gm)].map(([, marks, title]) => {
    const plain = title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-");
    const times = seen.get(plain) ?? 0;
    seen.set(plain, times + 1);
    return `${marks === "##" ? "" : "  "}- [${title}](#${plain}${times === 0 ? "" : `-${times}`})`;
  });
  return ["<!-- contents -->", ...lines, "<!-- end of contents -->", ""].join("\n");
}
