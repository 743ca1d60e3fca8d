/** The way to the server: its name, the connection, TLS, the certificate. */

import { plural } from "../../ground/text/plural.ts";
import { formatDuration } from "../../ground/text/quantities.ts";
import type { LookFailure, ServerLook, TlsLook } from "../../http/look-at-server.ts";
import { check, fail, notApplicable, pass, warning, type Verdict } from "../check.ts";

/** A certificate that ends sooner should have been renewed: authorities that renew by themselves do it a month ahead. */
const fewDays = 14;

export const dns = check({
  id: "dns",
  group: "connection",
  title: "DNS",
  needs: ["url-form"],
  failureClass: "server",
  read: ({ look }) => look(),
  judge: ({ host, proxy, addresses }) => {
    if (addresses.kind === "failed") return failed(addresses);
    if (addresses.kind === "not-needed") {
      return notApplicable(
        proxy === undefined ? `${host} is an address` : `the proxy ${proxy} looks ${host} up`,
      );
    }
    return pass(`${host} is ${addresses.value.join(", ")}`, { addresses: addresses.value });
  },
});

export const connection = check({
  id: "connection",
  group: "connection",
  title: "Connection",
  needs: ["dns"],
  failureClass: "server",
  read: ({ look }) => look(),
  judge: ({ connection: connected, proxy }) => {
    if (connected.kind === "failed") return failed(connected);
    if (connected.kind === "not-needed") return notApplicable("there is nothing to connect to");
    const way = proxy === undefined ? "" : ` through the proxy ${proxy}`;
    return pass(`connected in ${formatDuration(connected.value.ms)}${way}`, { ms: connected.value.ms });
  },
});

export const tls = check({
  id: "tls",
  group: "connection",
  title: "TLS",
  needs: ["connection"],
  failureClass: "server",
  read: ({ look }) => look(),
  judge: ({ tls: shaken, untrusted }) => {
    if (shaken.kind === "failed") return failed(shaken);
    if (shaken.kind === "not-needed") return notApplicable("plain HTTP on this machine");
    if (untrusted !== undefined && !isAboutTime(shaken.value)) return failed(untrusted);
    const { protocol, issuer } = shaken.value;
    return pass(`${protocol}, certificate issued by ${issuer}`, { protocol, issuer });
  },
});

export const certificate = check({
  id: "certificate-expiry",
  group: "connection",
  title: "TLS certificate expiry",
  needs: ["tls"],
  failureClass: "server",
  read: async ({ look, now }) => ({ look: await look(), now: now() }),
  judge: judgeCertificate,
});

function judgeCertificate({ look, now }: { readonly look: ServerLook; readonly now: Date }): Verdict {
  const { tls: shaken, untrusted } = look;
  if (shaken.kind !== "done") return notApplicable("there is no certificate");
  if (untrusted !== undefined && isAboutTime(shaken.value)) return failed(untrusted);
  const { validTo } = shaken.value;
  const daysLeft = Math.floor((validTo.getTime() - now.getTime()) / 86_400_000);
  const ends = `${plural(Math.max(0, daysLeft), "day")} left, until ${dayOf(validTo)}`;
  const measured = { daysLeft, validTo: validTo.toISOString() };
  if (daysLeft < 0) {
    return fail(
      `the certificate ended on ${dayOf(validTo)}`,
      "The operator of the server has to renew it.",
      measured,
    );
  }
  return daysLeft < fewDays
    ? warning(ends, "The operator of the server has to renew it before then.", measured)
    : pass(ends, measured);
}

const timeErrors: ReadonlySet<string> = new Set(["CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID"]);

/** Node's word for a certificate outside its time: what is judged by days. */
function isAboutTime({ trustError }: TlsLook): boolean {
  return trustError !== undefined && timeErrors.has(trustError);
}

function failed({ message, advice }: LookFailure): Verdict {
  return fail(message.replace(/\.$/, ""), advice);
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}
