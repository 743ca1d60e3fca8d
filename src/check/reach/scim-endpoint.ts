/** Whether what answers is SCIM, and no web page, gateway or other API. */

import { isKnownProblem, describeProblem } from "../../astro/api/problem.ts";
import { isJsonObject } from "../../ground/json.ts";
import { bodyInWords } from "../../wire/body-in-words.ts";
import type { WireAnswer, WireResponse } from "../../wire/exchange.ts";
import { check, fail, pass, type Verdict } from "../check.ts";
import type { CheckContext, CheckedServer } from "../context.ts";

export const scimEndpoint = check({
  id: "scim-endpoint",
  group: "connection",
  title: "SCIM answers",
  needs: ["token-present", "certificate-expiry"],
  failureClass: "server",
  read: async (context) => {
    const { readings } = serverOf(context);
    const { answer } = await readings.users();
    const isNotFound = answer.kind === "response" && answer.status === 404 && isKnownProblem(answer);
    const organization = isNotFound ? await readings.organization() : undefined;
    return { answer, isOff: organization?.kind === "read" && !organization.facts.isScimEnabled };
  },
  judge: ({ answer, isOff }) => (isOff ? pass("404, while SCIM is switched off") : judgeEndpoint(answer)),
});

/** Checks that need the server are skipped where there is none. */
export function serverOf({ server }: CheckContext): CheckedServer {
  if (server === undefined) throw new TypeError("a check of the server was made without one");
  return server;
}

const urlAdvice =
  "Check the URL: it is the SCIM base URL, as in https://api.astronomer.io/scim/v2/<organization ID>, and nothing on the way may answer in its place.";

function judgeEndpoint(answer: WireAnswer): Verdict {
  if (answer.kind === "no-response") {
    return fail(clause(answer.message), answer.advice ?? "Check the network, then try again.");
  }
  const { status } = answer;
  if (isWebPage(answer)) {
    return fail(`a web page was answered in place of SCIM: ${status} with ${bodyInWords(answer)}`, urlAdvice);
  }
  if (status >= 300 && status < 400) return fail(`a redirect was answered: ${status}`, urlAdvice);
  return status >= 400 ? judgeRefusal(answer) : judgeSuccess(answer);
}

/** What refuses a token refuses it in the form of SCIM or Astro, or without a body. */
function judgeRefusal(answer: WireResponse): Verdict {
  const { status } = answer;
  const body = bodyInWords(answer);
  if (status === 401 || status === 403) {
    return body === "nothing" || answer.json !== undefined
      ? pass(`GET /Users is answered, with ${status}`)
      : fail(`${status} with ${body} was answered in place of SCIM`, urlAdvice);
  }
  if (status === 404) {
    const said = isKnownProblem(answer) ? describeProblem(answer) : `404 with ${body}`;
    return fail(`there is no SCIM endpoint: ${said}`, urlAdvice);
  }
  return fail(
    `GET /Users was answered ${describeProblem(answer)}`,
    "The server fails: try again, and tell its operator if it persists.",
  );
}

/** Okta's test and Entra's probe both want a list. */
function judgeSuccess(answer: WireResponse): Verdict {
  if (isList(answer)) return pass("GET /Users is a ListResponse");
  const body = bodyInWords(answer);
  const what = body === "JSON" ? "JSON that is not a ListResponse" : body;
  return fail(`GET /Users was answered ${answer.status} with ${what}`, urlAdvice);
}

function isWebPage({ headers, text }: WireResponse): boolean {
  return /^text\/html\b/i.test(headers["content-type"] ?? "") || /^\s*<(?:!doctype|html)\b/i.test(text);
}

function isList({ json }: WireResponse): boolean {
  return isJsonObject(json) && ("totalResults" in json || "Resources" in json);
}

/** A sentence of another part as a clause. */
function clause(text: string): string {
  return text.trim().replace(/\.$/, "");
}
