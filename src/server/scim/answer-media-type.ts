/** Whether the media type of an answer has a parameter. */

import type { Behaviour } from "../../astro/behaviour/table.ts";

/** RFC 7644 §8.1 defines no parameters; RFC 8259 §11 says the same of `application/json`. */
export function withCharset(mediaType: string, { answerCharset }: Pick<Behaviour, "answerCharset">): string {
  return answerCharset === "none" ? mediaType : `${mediaType}; charset=${answerCharset}`;
}
