/** What is uncertain about Microsoft Entra ID's provisioning service, and how the simulator does it. */

import { count } from "./row.ts";

/** Groups and their members. */
export const entraGroupRows = {
  entraMembersPerPatch: count({
    question: "How many members does one PATCH of a group add or remove at most?",
    least: 1,
    most: 10_000,
    default: 100,
    certainty: "unknown",
    source: "no size is documented; captures show several members in one PATCH",
  }),
};
