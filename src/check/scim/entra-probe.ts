/** Entra ID's test of its connection, which it repeats at the start of each cycle: a random GUID must be answered 200 and empty. */

import type { WireRequest } from "../../wire/exchange.ts";
import { check, fail, pass, type Verdict } from "../check.ts";
import { serverOf } from "../reach/scim-endpoint.ts";
import { openScim } from "./discovery.ts";
import { listIn, type ListAnswer } from "./list-answer.ts";

interface Probed {
  readonly request: string;
  readonly list: ListAnswer;
}

export const entraProbe = check({
  id: "entra-probe",
  group: "scim",
  title: "Entra ID's probe for a random GUID",
  needs: [...openScim],
  read: async (context) => {
    const { sendAsProvider } = serverOf(context);
    const guid = context.uuid();
    const probed: Probed[] = [];
    for (const { request, path } of probesFor(guid)) {
      probed.push({ request, list: listIn(await sendAsProvider(asEntra(path))) });
    }
    return probed;
  },
  judge: judgeProbe,
});

/** Spaces and quotes as .NET writes them. */
function probesFor(guid: string): readonly { readonly request: string; readonly path: string }[] {
  return [
    { request: "GET /Users", path: `/Users?filter=userName+eq+%22${guid}%22` },
    {
      request: "GET /Groups",
      path: `/Groups?excludedAttributes=members&filter=displayName+eq+%22${guid}%22`,
    },
  ];
}

/** Entra ID sends neither Accept nor User-Agent. */
function asEntra(path: string): WireRequest {
  return { method: "GET", path, headers: {} };
}

function judgeProbe(probed: readonly Probed[]): Verdict {
  const wrong = probed.flatMap(({ request, list }) => {
    const what = faultOf(list);
    return what === undefined ? [] : [`${request}: ${what}`];
  });
  return wrong.length === 0
    ? pass("200 and empty")
    : fail(
        wrong.join("; "),
        "Entra ID would refuse the connection, and put a running job into quarantine. The probe has neither Accept nor User-Agent: check gateways that demand them.",
      );
}

function faultOf(list: ListAnswer): string | undefined {
  if (list.kind === "wrong") return list.what;
  if (list.status !== 200) return `it was answered ${list.status}`;
  return list.resources.length > 0 || list.totalResults > 0
    ? "something is found for a random name"
    : undefined;
}
