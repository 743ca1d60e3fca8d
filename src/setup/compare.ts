/** A live app against the sheet, line by line. Pure: what the app shows has been read already. */

import type { ShownMapping, ShownSetup, ShownValue } from "../directory/shown-setup.ts";
import { usualFormats } from "./sheets/okta-shared.ts";
import { labelOf, type Expected, type Sheet, type SheetLine } from "./sheet.ts";

export type LineVerdict =
  | { readonly kind: "right" }
  | { readonly kind: "different"; readonly is: string; readonly shouldBe: string }
  /** `why` is a clause. */
  | { readonly kind: "cannot-be-read"; readonly why: string };

export interface CheckedLine {
  /** The id of the line. */
  readonly id: string;
  readonly label: string;
  /** Where it is in the console. */
  readonly place: string;
  readonly verdict: LineVerdict;
}

/** Every line that the live app can be asked about, in the order of the sheet. Steps that leave no trace are left out. */
export function compareWithSheet(sheet: Sheet, shown: ShownSetup): readonly CheckedLine[] {
  return sheet.sections.flatMap(({ place, lines }) =>
    lines.flatMap((line): readonly CheckedLine[] =>
      verdictsOf(line, { sheet, shown }).map(({ label = labelOf(line), verdict }) => ({
        id: line.id,
        label,
        place,
        verdict,
      })),
    ),
  );
}

interface Against {
  readonly sheet: Sheet;
  readonly shown: ShownSetup;
}

interface Judged {
  readonly label?: string;
  readonly verdict: LineVerdict;
}

function verdictsOf(line: SheetLine, { sheet, shown }: Against): readonly Judged[] {
  switch (line.kind) {
    case "mapping": {
      const mapping = shown.mappings[line.of].find(({ target }) => isSameTarget(target, line.target));
      return [{ verdict: mappingVerdict(line, mapping, sheet.idp) }];
    }
    case "delete-mappings": {
      const extra = extraMappings(sheet, shown, line.of);
      if (extra.length === 0) return [{ verdict: { kind: "right" } }];
      return extra.map(({ source, target }) => ({
        label: `${source} → ${target}`,
        verdict: { kind: "different", is: "mapped", shouldBe: "deleted" },
      }));
    }
    case "step":
    case "copy":
    case "select":
    case "secret":
    case "tick":
      return line.setting === undefined
        ? []
        : [{ verdict: settingVerdict(line.setting, shown.settings.get(line.setting.name)) }];
    default:
      return line satisfies never;
  }
}

/** Rows of the live app that the sheet does not have. */
export function extraMappings(
  sheet: Sheet,
  shown: ShownSetup,
  of: "users" | "groups",
): readonly ShownMapping[] {
  const wanted = sheet.sections
    .flatMap(({ lines }) => lines)
    .flatMap((line) => (line.kind === "mapping" && line.of === of ? [line.target] : []));
  return shown.mappings[of].filter(({ target }) => !wanted.some((one) => isSameTarget(one, target)));
}

function settingVerdict({ name, value }: Expected, shown: ShownValue | undefined): LineVerdict {
  if (shown === undefined) return { kind: "cannot-be-read", why: "the provider shows no such setting" };
  if (shown.kind === "not-shown") return { kind: "cannot-be-read", why: shown.why };
  const isSame = name === "scim-url" ? isSameUrl(shown.value, value) : shown.value === value;
  if (isSame) return { kind: "right" };
  const words = name === "username-format" ? formatInWords : inWords;
  return { kind: "different", is: words(shown.value), shouldBe: words(value) };
}

/** `Email (user.email)`: by the console's name and the expression. */
function formatInWords(value: string | boolean): string {
  const [, attribute = ""] = /^user\.(\w+)$/.exec(String(value)) ?? [];
  const name = usualFormats[attribute];
  return name === undefined ? inWords(value) : `${name} (${String(value)})`;
}

/** Exactly: a slash at the end, and Entra's flag, are what set-ups fail for. The host is compared as URLs are. */
function isSameUrl(one: string | boolean, other: string | boolean): boolean {
  if (typeof one !== "string" || typeof other !== "string") return one === other;
  if (!URL.canParse(one) || !URL.canParse(other)) return one === other;
  const [first, second] = [new URL(one), new URL(other)];
  return (
    first.origin === second.origin && first.pathname === second.pathname && first.search === second.search
  );
}

function inWords(value: string | boolean): string {
  if (typeof value === "string") return value === "" ? "empty" : value;
  return value ? "on" : "off";
}

function mappingVerdict(
  line: Extract<SheetLine, { kind: "mapping" }>,
  mapping: ShownMapping | undefined,
  idp: Sheet["idp"],
): LineVerdict {
  const shouldBe = mappingInWords(line);
  if (mapping === undefined) return { kind: "different", is: "no mapping", shouldBe };
  const isRight =
    isSameSource(mapping.source, line.source, idp) &&
    !mapping.onlyAtCreation &&
    mapping.isMatching === line.isMatching;
  if (isRight) return { kind: "right" };
  return { kind: "different", is: mappingInWords(mapping), shouldBe };
}

function mappingInWords({
  source,
  isMatching,
  onlyAtCreation = false,
}: {
  readonly source: string;
  readonly isMatching: boolean;
  readonly onlyAtCreation?: boolean;
}): string {
  return [
    source === "" ? "empty" : source,
    ...(isMatching ? ["objects are matched by it"] : []),
    ...(onlyAtCreation ? ["only when the account is created"] : []),
  ].join(", ");
}

/** Attribute names of SCIM have no case (RFC 7643 §2.1). */
function isSameTarget(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/**
 * Spaces outside quotes do not count; texts in quotes are compared exactly. Entra ID's names of attributes have no case; Okta's do
 * (Okta: Expression Language).
 */
function isSameSource(one: string, other: string, idp: Sheet["idp"]): boolean {
  return idp === "okta" ? one.trim() === other : normal(one) === normal(other);
}

function normal(source: string): string {
  return source
    .split(/("[^"]*")/)
    .map((part) => (part.startsWith('"') ? part : part.replaceAll(/\s+/g, "").toLowerCase()))
    .join("");
}
