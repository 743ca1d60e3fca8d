/** A proxy in between: set on this machine, or seen in certificate or headers. */

import type { ServerLook } from "../../http/look-at-server.ts";
import type { WireAnswer } from "../../wire/exchange.ts";
import { check, pass, warning, type Verdict } from "../check.ts";
import { serverOf } from "./scim-endpoint.ts";

/** Products that decrypt TLS sign with an authority of their own, which bears their name. */
const inspectors =
  /zscaler|netskope|palo alto|fortinet|fortigate|blue ?coat|symantec web|umbrella|mcafee|skyhigh|forcepoint|websense|sophos|barracuda|check ?point|kaspersky|avast|mitmproxy|charles proxy|fiddler|portswigger|burp/i;

/** Headers that forward proxies add to an answer. */
const proxyHeaders = [
  "x-squid-error",
  "x-bluecoat-via",
  "x-zscaler-transaction-id",
  "proxy-connection",
  "proxy-agent",
];

/** Load balancers and content networks of the server's own side say `Via`, too. */
const serversOwn = /google|cloudfront|varnish|fastly|akamai|vegur|cloudflare|envoy|istio/i;

export const proxyBetween = check({
  id: "proxy",
  group: "connection",
  title: "No proxy in between",
  needs: ["scim-endpoint"],
  read: async (context) => ({
    look: await context.look(),
    answer: (await serverOf(context).readings.users()).answer,
  }),
  judge: judgeProxy,
});

function judgeProxy({ look, answer }: { readonly look: ServerLook; readonly answer: WireAnswer }): Verdict {
  const signs = [...signsInLook(look), ...signsInHeaders(answer)];
  if (signs.length === 0) return pass("none seen");
  return warning(
    signs.join("; "),
    "What is checked here holds for this way alone: the identity provider connects by its own. If the proxy changes answers or decrypts TLS, let it pass this host through.",
  );
}

function signsInLook({ proxy, tls }: ServerLook): readonly string[] {
  return [
    ...(proxy === undefined ? [] : [`requests go through the proxy ${proxy}`]),
    ...(tls.kind === "done" && inspectors.test(tls.value.issuer)
      ? [`the certificate is issued by ${tls.value.issuer}, which decrypts TLS`]
      : []),
  ];
}

function signsInHeaders(answer: WireAnswer): readonly string[] {
  if (answer.kind !== "response") return [];
  const via = answer.headers["via"];
  return [
    ...(via === undefined || serversOwn.test(via) ? [] : [`the answer came via ${via}`]),
    ...proxyHeaders
      .filter((name) => answer.headers[name] !== undefined)
      .map((name) => `the answer has the header ${name}`),
  ];
}
