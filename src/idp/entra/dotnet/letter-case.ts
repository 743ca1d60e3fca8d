/** Upper, lower and title case as .NET's TextInfo has them. */

import { DotnetError } from "./dotnet-error.ts";

/**
 * Letter by letter, without context and never one letter as two, as .NET maps case: `ß` stays.
 * @param culture an RFC 4646 name; "" is the invariant culture
 * @throws DotnetError for an unknown culture name
 */
export function toUpper(text: string, culture = ""): string {
  checkCulture(culture);
  return mapLetters(text, (letter) =>
    culture === "" ? letter.toUpperCase() : letter.toLocaleUpperCase(culture),
  );
}

/** As `toUpper`: `Σ` becomes `σ` at the end of a word too. @throws DotnetError for an unknown culture name */
export function toLower(text: string, culture = ""): string {
  checkCulture(culture);
  return mapLetters(text, (letter) =>
    culture === "" ? letter.toLowerCase() : letter.toLocaleLowerCase(culture),
  );
}

/**
 * TextInfo.ToTitleCase of a text in lower case: a word begins with the first letter behind a separator; an
 * apostrophe within it does not end it.
 */
export function toTitleCase(text: string): string {
  let inWord = false;
  return mapLetters(text, (letter) => {
    const opens = !inWord && /\p{L}/u.test(letter);
    inWord = opens || (inWord && (letter === "'" || !/[\p{Z}\p{Cc}\p{Cf}\p{P}\p{S}]/u.test(letter)));
    return opens ? letter.toUpperCase() : letter;
  });
}

function mapLetters(text: string, map: (letter: string) => string): string {
  let mapped = "";
  for (const letter of text) {
    const to = map(letter);
    mapped += Array.from(to).length === 1 ? to : letter;
  }
  return mapped;
}

function checkCulture(culture: string): void {
  try {
    if (culture !== "") Intl.getCanonicalLocales(culture);
  } catch {
    throw new DotnetError(`"${culture}" is not a culture, such as "tr-TR".`);
  }
}
