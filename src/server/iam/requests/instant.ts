/** An instant in a query: RFC 3339 §5.6, with a time and an offset (Astro API reference: format date-time). */

import type { QueryParameters } from "../../api/query.ts";
import type { FieldError } from "../iam-error.ts";
import { valuesOf } from "./page-request.ts";

const dateTime = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[-+]\d\d:\d\d)$/i;

/** Milliseconds since 1970; undefined where there is none, or a wrong one, which is among the errors then. */
export function readInstant(query: QueryParameters, field: string, errors: FieldError[]): number | undefined {
  const [text] = valuesOf(query, field);
  if (text === undefined) return undefined;
  const instant = instantOf(text);
  if (instant === undefined) {
    const shown = JSON.stringify(text.slice(0, 100));
    const message = `${shown} is not a date and time such as 2026-01-15T09:00:00Z`;
    errors.push({ field, code: "format", message });
  }
  return instant;
}

function instantOf(text: string): number | undefined {
  const day = dateTime.exec(text)?.[1];
  if (day === undefined || !isInCalendar(day)) return undefined;
  const instant = Date.parse(text.toUpperCase());
  return Number.isNaN(instant) ? undefined : instant;
}

/** `Date.parse` alone takes the 30th of February for the 2nd of March. */
function isInCalendar(day: string): boolean {
  const midnight = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
}
