/** "Test Connection": the probes that Entra repeats at the start of each cycle. */

import type { EntraAppSettings } from "../../../directory/entra-app-settings.ts";
import { converse } from "../../run/converse.ts";
import type { CredentialsTest } from "../../credentials-test.ts";
import { observed } from "../../run/observation.ts";
import { transportOf } from "../cycle/cycle.ts";
import { compileGroupMapping, compileUserMapping } from "../mapping/mapping.ts";
import { probe } from "./probes.ts";
import { requestShapes } from "./request-shapes.ts";
import type { EntraWorld } from "../world.ts";

/** @throws AppError invalid-file for a mapping that is wrong; nothing was sent then */
export async function testEntraConnection(
  settings: EntraAppSettings,
  world: EntraWorld,
): Promise<CredentialsTest> {
  world.report({ kind: "credentials-test-started" });
  const { transport, observations, end } = observed(transportOf(settings, world), undefined);
  const mappings = { users: compileUserMapping(settings), groups: compileGroupMapping(settings) };
  const shapes = requestShapes(settings, "cycle");
  const tested = await converse(
    probe({ settings, mappings, shapes, randomGuid: world.randomGuid }),
    transport,
  );
  end();
  const { requests } = tested;
  if (tested.kind === "interrupted") return { failed: undefined, observations, requests };
  world.report({ kind: "credentials-tested", failure: tested.result?.failure });
  return { failed: tested.result, observations, requests };
}
