/** The application username format as Okta's API has it, as an expression of Okta's language. */

/** `${source.email}`, `${fn:toLowerCase(source.email)}`, or an expression of one's own (Okta API: ApplicationCredentialsUsernameTemplate). */
export interface UserNameTemplate {
  readonly template?: string | null | undefined;
  readonly type?: string | null | undefined;
}

/** Undefined where there is none: an administrator types each userName. Whether it can be evaluated is another question. */
export function userNameExpression(template: UserNameTemplate | null | undefined): string | undefined {
  const text = template?.template?.trim() ?? "";
  if (text === "" || template?.type === "NONE") return undefined;
  if (!text.includes("${")) return text;
  const pieces = text.split(/(\$\{[^}]*\})/).filter((piece) => piece !== "");
  return pieces.map(pieceExpression).join(" + ");
}

function pieceExpression(piece: string): string {
  const inner = /^\$\{(.*)\}$/s.exec(piece)?.[1];
  if (inner === undefined) return `"${piece.replaceAll('"', '""')}"`;
  return inner
    .trim()
    .replaceAll(/\bfn:/g, "String.")
    .replaceAll(/\bsource\./g, "user.");
}
