/** Okta Expression Language overview: Data conversion functions and Country code conversion functions. */

import { countryCodes } from "./country-codes.ts";
import { ExpressionError } from "../expression-error.ts";
import { expressionFunction, type ExpressionFunction } from "./function.ts";
import { describe, textOf, type ExpressionValue } from "../value.ts";

export const convertFunctions: readonly ExpressionFunction[] = [
  expressionFunction("Convert.toInt(value)", ([value = null]) => toInt(value)),
  expressionFunction("Convert.toNum(text)", ([value = null]) => toNumber(value)),
  expressionFunction("Iso3166Convert.toAlpha2(code)", ([code = null]) => countryOf(code)?.alpha2 ?? null),
  expressionFunction("Iso3166Convert.toAlpha3(code)", ([code = null]) => countryOf(code)?.alpha3 ?? null),
  expressionFunction("Iso3166Convert.toNumeric(code)", ([code = null]) => countryOf(code)?.numeric ?? null),
  expressionFunction("Iso3166Convert.toName(code)", ([code = null]) => nameOf(code)),
];

/**
 * Rounds to the nearest integer, of two the greater. Inferred from what Identity Engine's `toInteger` does: a text
 * with a fraction is rounded, too; beyond 32 bits the integer wraps, since Okta only warns of its range.
 */
function toInt(value: ExpressionValue): number {
  return Math.round(toNumber(value)) | 0;
}

/** Inferred, as Identity Engine's `toNumber`: what is not a number is an error, null and an empty text included. */
function toNumber(value: ExpressionValue): number {
  if (typeof value === "number") return value;
  const isNumber = typeof value === "string" && /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i.test(value);
  if (!isNumber) throw new ExpressionError(`${describe(value)} is not a number`);
  return Number(value);
}

interface Country {
  readonly alpha2: string;
  readonly alpha3: string;
  readonly numeric: string;
}

const countryByCode: ReadonlyMap<string, Country> = new Map(
  [...countryCodes.matchAll(/(\w\w) (\w{3}) (\d{3})/g)].flatMap(
    ([, alpha2 = "", alpha3 = "", numeric = ""]) => {
      const country = { alpha2, alpha3, numeric };
      return [alpha2, alpha3, numeric].map((code) => [code, country] as const);
    },
  ),
);

/**
 * The kind of code is detected, as documented. Inferred: case does not matter, leading zeros may be missing, and
 * an unknown code yields null.
 */
function countryOf(code: ExpressionValue): Country | undefined {
  const text = textOf(code).trim().toUpperCase();
  return countryByCode.get(/^\d+$/.test(text) ? text.padStart(3, "0") : text);
}

/** Inferred: the English name of the Unicode CLDR, which for most countries is ISO's ("full ISO country names"). */
function nameOf(code: ExpressionValue): string | null {
  const country = countryOf(code);
  return country === undefined ? null : (countryNames.of(country.alpha2) ?? null);
}

const countryNames = new Intl.DisplayNames(["en"], { type: "region" });
