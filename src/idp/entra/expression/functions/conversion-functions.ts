/** Functions that turn one kind of value into another. */

import { DotnetError } from "../../dotnet/dotnet-error.ts";
import type { Arguments } from "../arguments.ts";
import { isTrue } from "../compare.ts";
import { defineFunction, type ExpressionFunction } from "./signature.ts";
import { isEmpty, numberOf, textOf, type ExpressionValue } from "../values.ts";

export const conversionFunctions: readonly ExpressionFunction[] = [
  defineFunction("BitAnd(value1, value2)", (given) => Number(integer(given, 0) & integer(given, 1))),
  defineFunction("CBool(expression)", (given) => isTrue(given.value(0))),
  defineFunction("ConvertToBase64(source)", ofPresent(base64)),
  defineFunction("ConvertToUTF8Hex(source)", ofPresent(utf8Hex)),
  defineFunction(
    "CStr(value)",
    ofPresent((text) => text),
  ),
  defineFunction("DefaultDomain()", (given) => given.context.defaultDomain),
  // What the provisioning logs show of it is not the value's business: isRedacted in ast.ts.
  defineFunction("Redact(attribute)", (given) => given.value(0)),
  defineFunction("IgnoreFlowIfNullOrEmpty(expression)", (given) => {
    const value = given.value(0);
    return isEmpty(value) ? null : value;
  }),
];

function integer(given: Arguments, index: number): bigint {
  const value = given.value(index);
  const number = numberOf(value);
  if (number === undefined || !Number.isInteger(number)) {
    throw new DotnetError(`value${index + 1} must be a whole number.`);
  }
  return BigInt(number);
}

function ofPresent(convert: (text: string) => string): (given: Arguments) => ExpressionValue {
  return (given) => {
    const value = given.value(0);
    return value === null ? null : convert(textOf(value));
  };
}

/** Of the text in UTF-16, low byte first, which .NET calls Unicode. */
function base64(text: string): string {
  let bytes = "";
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    bytes += String.fromCharCode(unit % 256, Math.floor(unit / 256));
  }
  return btoa(bytes);
}

function utf8Hex(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => byte.toString(16).padStart(2, "0"))
    .join("")
    .toUpperCase();
}
