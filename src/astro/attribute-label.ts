/** What a mapped attribute is called when people read it. */

/** `e-mail` for `emails[primary eq true].value`; other paths are words already. */
export function attributeLabel(path: string): string {
  return path === "emails[primary eq true].value" ? "e-mail" : path;
}
