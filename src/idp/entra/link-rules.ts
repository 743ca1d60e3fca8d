/** What Entra ID does with a link that does not work, and what an administrator can do. */

import type { LinkRules } from "../../astro/provider-link.ts";
import type { EntraAppSettings } from "../../directory/entra-app-settings.ts";

const onDemand = "Provision on demand in Entra ID";
const restart = "restart provisioning in Entra ID";
/** Microsoft Graph: synchronizationJob: restart; the portal's restart may keep the links. */
const fullRestart =
  "restart provisioning through Microsoft Graph with resetScope Full, which forgets the links";

/**
 * A 404 for an id that Entra knows is InvalidAnchor, which a restart clears (Microsoft: provisioning log error codes);
 * inferred: it is matched again before that, see `entraGoneAccount`. Where nothing is read first, a 404 to a PATCH may be about
 * something else, so that such a link is not said to mend itself. A run on demand always matches by the matching attribute
 * (Microsoft: On-demand provisioning).
 */
export function entraLinkRules({ fidelity }: EntraAppSettings): LinkRules {
  const forget = fidelity.entraRestartLinks === "forget" ? restart : fullRestart;
  const readsFirst = fidelity.entraReadBeforeUpdate === "get" && fidelity.entraReadBeforeMembers === "get";
  return {
    provider: "Entra ID",
    findsAgain: readsFirst && fidelity.entraGoneAccount === "match-again",
    mends: {
      user: { gone: restart, "other-user": forget, "other-account": forget, "not-linked": onDemand },
      team: {
        gone: restart,
        "other-group": forget,
        "other-team": forget,
        "not-linked": onDemand,
        "push-failed": restart,
      },
    },
    afterCreation: {
      user: "Without --state it is unknown to what Entra ID is linked. Provision the users of these accounts on demand in Entra ID, or their accounts may stay active when they leave.",
      team: "Without --state it is unknown to what Entra ID is linked. Provision the groups of these Teams on demand in Entra ID, or later changes may not arrive.",
    },
  };
}
