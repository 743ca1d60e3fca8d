/** What Okta does with a link that does not work, and what an administrator can do in its console. */

import type { LinkRules } from "../../astro/provider-link.ts";

const reassign = "unassign and assign the user in Okta";
const pushAgain = "unlink the group in Okta (Leave the group in the target app) and push it again";

/**
 * Okta never looks again by itself: a profile push or a deactivation that is answered with 404 fails (Okta knowledge base:
 * Matching user not found), and a push mapping goes to ERROR and nothing more is pushed (Okta API: GroupPushMappingStatus).
 * A new assignment starts with the look-up (Okta: Understanding SCIM), and so does a new push mapping.
 */
export const oktaLinkRules: LinkRules = {
  provider: "Okta",
  findsAgain: false,
  mends: {
    user: {
      gone: reassign,
      // An unassignment deactivates whatever account the link leads to, unless Deactivate Users is off.
      "other-user": `turn Deactivate Users off in Okta (Provisioning > To App), ${reassign.replace(" in Okta", "")}, and turn it on again; with it on, the other user's account is deactivated`,
      "other-account": reassign,
      "not-linked": reassign,
    },
    team: {
      gone: pushAgain,
      "other-group": pushAgain,
      "other-team": pushAgain,
      "not-linked": pushAgain,
      "push-failed": "fix what made the push fail, then Push Groups > Push Status > Push now in Okta",
    },
  },
  afterCreation: {
    user: "Without --state it is unknown to what Okta is linked. Unassign and assign the users of these accounts in Okta, or their accounts may stay active when they leave.",
    team: "Without --state it is unknown to what Okta is linked. Unlink the groups of these Teams in Okta and push them again, or later changes may not arrive.",
  },
};
