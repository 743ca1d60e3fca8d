/** Time zones by the names that Okta takes (Okta Expression Language overview, Time Zone Codes). */

import { nearestName } from "../../../../ground/text/nearest-name.ts";
import { ExpressionError } from "../expression-error.ts";

/** A zone that exists. */
export interface TimeZone {
  readonly id: string;
  /** How far its clocks are ahead of UTC at an instant. */
  readonly offsetMs: (instant: Date) => number;
  /** What it is called at an instant: `EDT`, `Eastern Daylight Time`. */
  readonly nameAt: (instant: Date, style: "short" | "long") => string;
}

/**
 * The names of three letters mean regions with daylight saving time, as in Joda: `Time.now("EST")` is documented to
 * yield -04:00 in July. The zone data of today has EST, MST and HST without it.
 */
const oldNames: ReadonlyMap<string, string> = new Map([
  ["EST", "America/New_York"],
  ["CST", "America/Chicago"],
  ["MST", "America/Denver"],
  ["PST", "America/Los_Angeles"],
  ["AST", "America/Anchorage"],
  ["HST", "Pacific/Honolulu"],
  ["PNT", "America/Phoenix"],
  ["IET", "America/Indiana/Indianapolis"],
  ["PRT", "America/Puerto_Rico"],
  ["CNT", "America/St_Johns"],
  ["AGT", "America/Argentina/Buenos_Aires"],
  ["BET", "America/Sao_Paulo"],
  ["ART", "Africa/Cairo"],
  ["CAT", "Africa/Harare"],
  ["EAT", "Africa/Addis_Ababa"],
  ["ECT", "CET"],
  ["NET", "Asia/Yerevan"],
  ["PLT", "Asia/Karachi"],
  ["IST", "Asia/Kolkata"],
  ["BST", "Asia/Dhaka"],
  ["VST", "Asia/Ho_Chi_Minh"],
  ["CTT", "Asia/Shanghai"],
  ["JST", "Asia/Tokyo"],
  ["ACT", "Australia/Darwin"],
  ["AET", "Australia/Sydney"],
  ["SST", "Pacific/Guadalcanal"],
  ["NST", "Pacific/Auckland"],
  ["MIT", "Pacific/Apia"],
]);

export const utc: TimeZone = {
  id: "UTC",
  offsetMs: () => 0,
  nameAt: (_instant, style) => (style === "short" ? "UTC" : "Coordinated Universal Time"),
};

/** Zones that were asked for before: making one costs more than all that is done with it for a user. */
const knownZones = new Map<string, TimeZone>();

/** @throws ExpressionError for a name that is not a zone's, with the nearest that is */
export function timeZoneNamed(name: string): TimeZone {
  const zone = knownZones.get(name) ?? findZone(name);
  knownZones.set(name, zone);
  return zone;
}

function findZone(name: string): TimeZone {
  if (/^[-+]\d\d:\d\d$/.test(name)) {
    const offsetMs = offsetOf(name);
    return { id: name, offsetMs: () => offsetMs, nameAt: () => name };
  }
  const id = oldNames.get(name) ?? name;
  try {
    return zoneOf(id, zoneNames(id, "longOffset"));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const nearest = nearestName(name, Intl.supportedValuesOf("timeZone"));
    throw new ExpressionError(
      `'${name}' is not a time zone${nearest === undefined ? "" : ` (did you mean '${nearest}'?)`}`,
    );
  }
}

function zoneOf(id: string, offsets: Intl.DateTimeFormat): TimeZone {
  return {
    id,
    offsetMs: (instant) => offsetOf(zoneName(offsets, instant).slice("GMT".length)),
    nameAt: (instant, style) => zoneName(zoneNames(id, style), instant),
  };
}

function zoneNames(timeZone: string, timeZoneName: "short" | "long" | "longOffset"): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName });
}

function zoneName(names: Intl.DateTimeFormat, instant: Date): string {
  return names.formatToParts(instant).find(({ type }) => type === "timeZoneName")?.value ?? "";
}

/** `-05:00`, `+0530`, `-04:56:02` as milliseconds; nothing is UTC. */
export function offsetOf(text: string): number {
  const [, sign, hours = "0", minutes = "0", seconds = "0"] =
    /^([-+])(\d\d):?(\d\d)(?::(\d\d))?$/.exec(text) ?? [];
  const ms = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  return sign === "-" ? -ms : ms;
}
