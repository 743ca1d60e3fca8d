/** Dates of SCIM as instants. */

const shape = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?(Z|[-+]\d\d:\d\d)?$/;

/**
 * The instant of an xsd:dateTime (RFC 7643 §2.3.5) in milliseconds since 1970; undefined for anything else.
 * More digits than milliseconds, as .NET writes them, are cut. Without a zone UTC is meant, and a date alone
 * is its midnight: neither can be distinguished in a filter, and both are written by hand.
 */
export function parseDateTime(text: string): number | undefined {
  const [, day, time = "T00:00:00", zone = "Z"] = shape.exec(text) ?? [];
  if (day === undefined || !isDayOfCalendar(day)) return undefined;
  const instant = Date.parse(`${day}${time}${zone}`);
  return Number.isNaN(instant) ? undefined : instant;
}

/** `Date.parse` alone takes the 30th of February for the 2nd of March. */
function isDayOfCalendar(day: string): boolean {
  const midnight = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
}
