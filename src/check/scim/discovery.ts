/** What the server says of itself: ServiceProviderConfig, ResourceTypes, Schemas (RFC 7644 §4). */

import { isJsonArray, isJsonObject, type JsonObject } from "../../ground/json.ts";
import { bodyInWords } from "../../wire/body-in-words.ts";
import type { WireAnswer } from "../../wire/exchange.ts";
import { check, fail, notApplicable, pass, warning, type Verdict } from "../check.ts";
import { get } from "../readings.ts";
import { serverOf } from "../reach/scim-endpoint.ts";

const endpoints = ["/ServiceProviderConfig", "/ResourceTypes", "/Schemas"] as const;

type Endpoint = (typeof endpoints)[number];

interface Discovered {
  readonly endpoint: Endpoint;
  readonly answer: WireAnswer;
}

/** What every check of SCIM's own behaviour needs. */
export const openScim = ["token-accepted", "token-owner", "scim-enabled"] as const;

export const discovery = check({
  id: "discovery",
  group: "scim",
  title: "Discovery",
  needs: [...openScim],
  read: async (context) => {
    const { send } = serverOf(context);
    const discovered: Discovered[] = [];
    for (const endpoint of endpoints) discovered.push({ endpoint, answer: await send(get(endpoint)) });
    return discovered;
  },
  judge: judgeDiscovery,
});

/** Plain Okta and custom Entra apps never ask, so that a server may have none of them. */
function judgeDiscovery(discovered: readonly Discovered[]): Verdict {
  const wrong = discovered.flatMap(({ endpoint, answer }) => {
    const what = problemOf(endpoint, answer);
    return what === undefined ? [] : [`${endpoint} ${what}`];
  });
  if (wrong.length > 0) {
    return fail(
      wrong.join("; "),
      "Tell the operator of the server; Entra's gallery apps and Okta's schema import read these.",
    );
  }
  const absent = discovered.filter(({ answer }) => isAbsent(answer)).map(({ endpoint }) => endpoint);
  if (absent.length === endpoints.length)
    return notApplicable("the server has no discovery; neither provider asks for it");
  return absent.length === 0
    ? pass(endpoints.join(", "))
    : warning(
        `${absent.join(" and ")} is missing`,
        "Neither provider asks for it with the documented set-up; other clients may.",
      );
}

function isAbsent(answer: WireAnswer): boolean {
  return answer.kind === "response" && [404, 405, 501].includes(answer.status);
}

/** As the end of a sentence; a bare array is what no client of discovery reads. */
function problemOf(endpoint: Endpoint, answer: WireAnswer): string | undefined {
  if (answer.kind === "no-response") return `was not answered: ${answer.message.replace(/\.$/, "")}`;
  if (isAbsent(answer)) return undefined;
  if (answer.status !== 200) return `was answered ${answer.status}`;
  const { json } = answer;
  if (isJsonArray(json)) return "is a bare array, not a ListResponse";
  if (!isJsonObject(json)) return `was answered with ${bodyInWords(answer)}`;
  if (endpoint === "/ServiceProviderConfig") return problemOfConfiguration(json);
  const { Resources: resources } = json;
  return isJsonArray(resources) && resources.length > 0 ? undefined : "lists nothing";
}

/** Both providers send PATCH, and look people up by a filter. */
function problemOfConfiguration(json: JsonObject): string | undefined {
  if (!("patch" in json)) return "says nothing of PATCH";
  const denied = (["patch", "filter"] as const).filter((name) => {
    const feature = json[name];
    return isJsonObject(feature) && feature["supported"] !== true;
  });
  return denied.length === 0 ? undefined : `says that ${denied.join(" and ")} is not supported`;
}
