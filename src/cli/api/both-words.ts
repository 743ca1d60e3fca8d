/** Method and path of `astro-scim api`: both must be there. */

import { AppError } from "../../ground/errors.ts";
import { quoted } from "../next/words.ts";

/** What was written; a single word is the method, as far as the command line tells. */
export interface WrittenWords {
  readonly method: string | undefined;
  readonly path: string | undefined;
}

export interface BothWords {
  readonly method: string;
  readonly path: string;
}

/** @throws AppError usage, saying which one is missing and what to write */
export function bothWords({ method: word, path }: WrittenWords): BothWords {
  if (word !== undefined && path !== undefined) return { method: word, path };
  const isMethod = word !== undefined && /^(?:get|post|put|patch|delete)$/i.test(word);
  const what = word === undefined ? "method and path are" : isMethod ? "path is" : "method is";
  const method = isMethod ? word.toUpperCase() : "GET";
  const example =
    word === undefined || isMethod ? "/users" : quoted(word.startsWith("/") ? word : `/${word}`);
  throw new AppError("usage", `The ${what} missing.`, {
    hint: `Example: astro-scim api ${method} ${example}`,
  });
}
