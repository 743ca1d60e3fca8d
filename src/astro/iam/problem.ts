/** Why Astro's IAM API refused, in its own words. */

import type { WireResponse } from "../../wire/exchange.ts";
import { errorSchema } from "./schemas.ts";

const longestMessage = 300;
const mostFields = 5;

/** Whether the answer has the form of every error of Astro's APIs, and is not a proxy's or a web page. */
export function isIamProblem(answer: WireResponse): boolean {
  return errorSchema.safeParse(answer.json).success;
}

/**
 * One line for people, without a full stop; the request ID is what Astronomer's support asks for.
 * `404: Team not found (request clz9x…)`, `400: invalid request: limit must be at most 1000 (request clz9x…)`, `502`.
 */
export function describeIamProblem(answer: WireResponse): string {
  const parsed = errorSchema.safeParse(answer.json);
  if (!parsed.success) return String(answer.status);
  const { message, requestId = "", fieldErrors = [] } = parsed.data;
  const fields = fieldErrors
    .slice(0, mostFields)
    .filter(({ message: why }) => why === "" || !message.includes(why))
    .map(({ field, code, message: why }) => [field, why === "" ? code : why].filter(Boolean).join(" "))
    .filter((each) => each !== "");
  const more = fieldErrors.length > mostFields ? ["…"] : [];
  const said = [withoutStop(message), [...fields, ...more].join("; ")]
    .filter((part) => part !== "")
    .join(": ");
  const request = requestId === "" ? "" : ` (request ${shortened(requestId)})`;
  return `${answer.status}${said === "" ? "" : `: ${shortened(said)}`}${request}`;
}

function withoutStop(text: string): string {
  return text.trim().replace(/\.$/, "");
}

function shortened(text: string): string {
  return text.length <= longestMessage ? text : `${text.slice(0, longestMessage)}…`;
}
