/** Letters with diacritical marks as the letters that Microsoft's table of NormalizeDiacritics gives for them. */

/** Letters that are not a base letter with marks. */
const letters: ReadonlyMap<string, string> = new Map([
  ["æ", "ae"],
  ["Æ", "AE"],
  ["ø", "oe"],
  ["Ø", "OE"],
  ["œ", "oe"],
  ["Œ", "OE"],
  ["ß", "ss"],
  ["ẞ", "SS"],
  ["ł", "l"],
  ["Ł", "L"],
  ["ı", "i"],
]);

/**
 * Every row of the documented table. Inferred: Latin letters that the table does not have lose their marks as well, and
 * other scripts, which it does not mention, keep theirs.
 */
export function normalizeDiacritics(text: string): string {
  return text
    .normalize("NFD")
    .replaceAll(/(\p{Script=Latin})\p{Mn}+/gu, "$1")
    .replaceAll(/[æÆøØœŒßẞłŁı]/gu, (letter) => letters.get(letter) ?? letter)
    .normalize("NFC");
}
