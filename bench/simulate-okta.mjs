// `simulate okta` with the company fixture: a first provisioning and thirteen steps of a timeline.

import { fileURLToPath } from "node:url";
import { compareRehearsal } from "./rehearsal.mjs";

const file = fileURLToPath(new URL("../fixtures/okta-company.yaml", import.meta.url));

export async function simulateOkta() {
  return [await compareRehearsal({ provider: "okta", file, rounds: 9, what: "" })];
}
