/** Mistakes in the files of a directory as one error: what may be incomplete ends differently from what is only wrong. */

import { AppError } from "../../ground/errors.ts";
import { mistakesError, type PlacedMistake } from "../../yaml/mistake.ts";

/** `isCut`: something may be missing in the file. */
export function fileError(
  file: string,
  mistakes: readonly PlacedMistake[],
  { isCut, total = mistakes.length }: { readonly isCut: boolean; readonly total?: number },
): AppError {
  const error = mistakesError(file, mistakes, total);
  if (!isCut) return error;
  const { place, hint, isList, mistakes: all, message } = error;
  return new AppError("source-incomplete", message, {
    ...(place === undefined ? {} : { place }),
    ...(hint === undefined ? {} : { hint }),
    ...(all === undefined ? {} : { mistakes: all }),
    isList,
  });
}

/** One mistake. */
export function mistakeError(mistake: PlacedMistake, { isCut }: { readonly isCut: boolean }): AppError {
  return fileError(mistake.place.file, [mistake], { isCut });
}
