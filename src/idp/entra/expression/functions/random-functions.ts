/** Functions whose value differs each time. */

import { DotnetError } from "../../dotnet/dotnet-error.ts";
import type { Arguments } from "../arguments.ts";
import { defineFunction, type ExpressionFunction } from "./signature.ts";

export const randomFunctions: readonly ExpressionFunction[] = [
  defineFunction("Guid()", guid),
  defineFunction(
    "RandomString(length, minimumNumbers, minimumSpecialCharacters, minimumCapital, minimumLowerCase, [charactersToAvoid])",
    randomString,
  ),
];

/** The characters of passwords that meet Windows' complexity requirements, which Microsoft refers to. */
const digits = "0123456789";
const specials = "~!@#$%^&*_-+=`|\\(){}[]:;\"'<>,.?/";
const capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const lowerCase = capitals.toLowerCase();

const longest = 256;

/** RFC 9562 §5.4, version 4, as .NET's Guid.NewGuid makes it. */
function guid({ context }: Arguments): string {
  return "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx".replaceAll(/[xy]/g, (kind) => {
    const hex = below(context.random, 16);
    return (kind === "x" ? hex : (hex % 4) + 8).toString(16);
  });
}

/** Inferred: what the minima leave over are digits and letters, as in the documented sample. */
function randomString(given: Arguments): string {
  const { random } = given.context;
  const avoided = new Set(given.text(5));
  const allowed = (characters: string): string =>
    Array.from(characters)
      .filter((one) => !avoided.has(one))
      .join("");
  const kinds = [
    { characters: allowed(digits), count: given.integer(1, "minimumNumbers") },
    { characters: allowed(specials), count: given.integer(2, "minimumSpecialCharacters") },
    { characters: allowed(capitals), count: given.integer(3, "minimumCapital") },
    { characters: allowed(lowerCase), count: given.integer(4, "minimumLowerCase") },
  ];
  const length = given.integer(0, "length");
  const left = length - kinds.reduce((sum, { count }) => sum + count, 0);
  if (kinds.some(({ count }) => count < 0)) throw new DotnetError("A minimum must not be negative.");
  if (left < 0) throw new DotnetError("length must be at least the sum of the minima.");
  if (length > longest) throw new DotnetError(`length must be ${longest} or less.`);
  const drawn = [...kinds, { characters: allowed(digits + capitals + lowerCase), count: left }];
  return shuffled(
    drawn.flatMap(({ characters, count }) => draw(characters, count, random)),
    random,
  ).join("");
}

function draw(characters: string, count: number, random: () => number): readonly string[] {
  if (count > 0 && characters === "")
    throw new DotnetError("charactersToAvoid leaves no characters to choose from.");
  return Array.from({ length: count }, () => characters.charAt(below(random, characters.length)));
}

function shuffled(characters: readonly string[], random: () => number): readonly string[] {
  return characters
    .map((character) => ({ character, place: random() }))
    .toSorted((first, second) => first.place - second.place)
    .map(({ character }) => character);
}

function below(random: () => number, limit: number): number {
  return Math.floor(random() * limit);
}
