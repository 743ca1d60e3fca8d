/** How the server behaved while it was checked: its clock, its limits, how long it took. */

import { formatDuration } from "../../ground/text/quantities.ts";
import { plural } from "../../ground/text/plural.ts";
import type { Exchange } from "../../wire/exchange.ts";
import { check, fail, pass, unknown, warning, type Verdict } from "../check.ts";
import type { TimedAnswer } from "../readings.ts";
import { serverOf } from "../reach/scim-endpoint.ts";

/** Tokens and DPoP proofs bear times: five minutes is what most servers allow. */
const mostSkewMs = 5 * 60_000;
const noticedSkewMs = 60_000;

export const clockSkew = check({
  id: "clock-skew",
  group: "health",
  title: "Clock skew",
  needs: ["scim-endpoint"],
  read: (context) => serverOf(context).readings.users(),
  judge: judgeSkew,
});

function judgeSkew({ answer, at }: TimedAnswer): Verdict {
  const date = answer.kind === "response" ? answer.headers["date"] : undefined;
  const serverMs = date === undefined ? Number.NaN : Date.parse(date);
  if (Number.isNaN(serverMs)) return unknown("the server sends no Date");
  const skewMs = at.getTime() - serverMs;
  const far = Math.abs(skewMs);
  const measured = { skewMs };
  // The header has whole seconds.
  if (far < 2000) return pass("under 2 s", measured);
  const words = `this machine's clock is ${formatDuration(far)} ${skewMs > 0 ? "ahead of" : "behind"} the server's`;
  const advice = "Set the clock of this machine by NTP, or tell the operator of the server.";
  if (far > mostSkewMs) return fail(words, advice, measured);
  return far > noticedSkewMs ? warning(words, advice, measured) : pass(words, measured);
}

export const rateLimits = check({
  id: "rate-limits",
  group: "health",
  title: "Rate limits",
  needs: ["scim-endpoint"],
  read: (context) => serverOf(context).exchanges,
  judge: judgeLimits,
});

function judgeLimits(exchanges: readonly Exchange[]): Verdict {
  const answers = exchanges.flatMap(({ answer }) => (answer.kind === "response" ? [answer] : []));
  const refused = answers.filter(({ status }) => status === 429).length;
  const stated = answers.map(({ headers }) => statedLimit(headers)).findLast((limit) => limit !== undefined);
  const requests = plural(exchanges.length, "request");
  const measured = { requests: exchanges.length, refused, ...(stated === undefined ? {} : { stated }) };
  const says = stated === undefined ? "" : `; the server says ${stated}`;
  if (refused === 0) return pass(`no 429 in ${requests}${says}`, measured);
  return warning(
    `${refused} of ${requests} answered 429${says}`,
    "Something else uses up the limit of this token. The identity provider waits as well: Okta up to 300 s for each 429.",
    measured,
  );
}

function statedLimit(headers: Readonly<Record<string, string>>): string | undefined {
  const limit = headers["x-ratelimit-limit"] ?? headers["x-rate-limit-limit"] ?? headers["ratelimit-limit"];
  const remaining =
    headers["x-ratelimit-remaining"] ?? headers["x-rate-limit-remaining"] ?? headers["ratelimit-remaining"];
  if (limit === undefined) return headers["ratelimit"];
  return remaining === undefined ? `limit ${limit}` : `limit ${limit}, ${remaining} remaining`;
}

/** Okta gives a request up after 60 s; people notice long before. */
const slowMs = 2000;
const tooSlowMs = 30_000;

export const latency = check({
  id: "latency",
  group: "health",
  title: "Latency",
  needs: ["scim-endpoint"],
  read: (context) => serverOf(context).exchanges,
  judge: judgeLatency,
});

function judgeLatency(exchanges: readonly Exchange[]): Verdict {
  const times = exchanges
    .filter(({ answer }) => answer.kind === "response" && answer.status !== 429)
    .map(({ durationMs }) => durationMs)
    .toSorted((one, other) => one - other);
  if (times.length === 0) return unknown("nothing was answered");
  const at = (share: number): number =>
    times[Math.min(times.length - 1, Math.ceil(share * times.length) - 1)] ?? 0;
  const measured = { requests: times.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
  const words = `p50 ${formatDuration(measured.p50)}, p95 ${formatDuration(measured.p95)}, p99 ${formatDuration(measured.p99)}, of ${plural(times.length, "request")}`;
  if (measured.p95 > tooSlowMs) {
    return fail(words, "Okta gives a request up after 60 s: check the network and the server.", measured);
  }
  return measured.p95 > slowMs
    ? warning(words, "Provisioning will take long: check the network, proxies and the server.", measured)
    : pass(words, measured);
}
