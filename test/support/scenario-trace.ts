/** What a provider sent and was answered, without what differs from run to run: to be read, and kept. */

import * as z from "zod";

const body = z.json();

const exchange = z.looseObject({
  request: z.looseObject({
    method: z.string(),
    path: z.string(),
    headers: z.record(z.string(), z.string()),
    body,
  }),
  answer: z.looseObject({ status: z.number().nullish(), body: body.optional() }),
});

/** What the tool's own reading accepts; no provider says so. */
const ownAccept = "application/scim+json, application/json";

type Exchange = z.infer<typeof exchange>;

/**
 * One line for each request of the provider, `POST /Users → 201`, with the body that was sent and the reason of a refusal
 * below it. What the tool reads for itself is left out.
 */
export function traceOf(ndjson: string): string {
  const exchanges = ndjson
    .trimEnd()
    .split("\n")
    .map((line) => exchange.parse(JSON.parse(line)))
    .filter(({ request }) => request.headers["accept"] !== ownAccept);
  return exchanges.map(shown).join("");
}

function shown({ request, answer }: Exchange): string {
  const path = decodeURIComponent(request.path.replaceAll("+", " "));
  const sent = request.body === null ? "" : `    ${JSON.stringify(request.body)}\n`;
  const isRefused = answer.status == null || answer.status >= 400;
  const refusal = isRefused ? `    < ${JSON.stringify(answer.body ?? answer)}\n` : "";
  return `${request.method} ${path} → ${answer.status ?? "no answer"}\n${sent}${refusal}`;
}

/** Ids are numbered in the order in which they appear; times, versions, ports and GUIDs of probes are replaced. */
export function withoutChance(text: string): string {
  const ids = new Map<string, string>();
  return text
    .replaceAll(
      /\b[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\b(?=" →|"\)|\\")/g,
      "<guid>",
    )
    .replaceAll(/(?<!\/scim\/v2\/)\bc[a-z0-9]{24}\b/g, (id) => {
      const number = ids.get(id) ?? `<id ${ids.size + 1}>`;
      ids.set(id, number);
      return number;
    })
    .replaceAll(/(http:\/\/)?127\.0\.0\.1:\d+/g, "<server>")
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, "<time>")
    .replaceAll(/"version":"(W\/)?\\"[^"]*\\""/g, '"version":"<version>"');
}
