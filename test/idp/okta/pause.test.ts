/** "Deactivate group push" and "Activate group push" (Okta: Group Push operations; OIN test plan C9319, C9320). */

import { describe, expect, test } from "vitest";
import type { OktaIntegration } from "../../../src/directory/app-settings.ts";
import type { Action } from "../../../src/directory/action.ts";
import { aDirectory, aGroup, aUser } from "../../support/builders.ts";
import { scimError } from "../../support/conversation.ts";
import { outcomes, rehearse, type Rehearsal } from "../../support/okta-rehearsal.ts";
import { tinyScim } from "../../support/tiny-scim.ts";

const [ada, grace] = ["ada@example.com", "grace@example.com"];
const directory = aDirectory({ users: [aUser(ada), aUser(grace)], groups: [aGroup("data", [ada])] });

const pause: Action = { kind: "deactivate-push", group: "data" };
const resume: Action = { kind: "activate-push", group: "data" };

async function act(rehearsal: Rehearsal, ...actions: readonly Action[]): Promise<readonly string[]> {
  const told: string[] = [];
  for (const action of actions) told.push(...outcomes(await rehearsal.act(action)));
  return told;
}

function statusOf({ memory }: Rehearsal): string | undefined {
  return memory.pushMappings.get("00g-data")?.status;
}

describe("a mapping that is deactivated", () => {
  test("sends nothing, neither for changes nor for Push now nor for Retry", async () => {
    const server = tinyScim();
    const rehearsal = rehearse(directory, server.send);
    await rehearsal.run();
    server.forget();
    expect(await act(rehearsal, pause)).toEqual(["deactivate-push data: nothing-sent"]);
    expect(statusOf(rehearsal)).toBe("INACTIVE");
    const changes = await act(
      rehearsal,
      { kind: "add-member", group: "data", user: grace },
      { kind: "rename-group", group: "data", name: "data platform" },
      { kind: "push-now", group: "data" },
      { kind: "retry" },
      pause,
    );
    await rehearsal.run();
    expect({ changes, sent: server.lines }).toEqual({ changes: [], sent: [] });
  });

  test.each<[OktaIntegration, requests: RegExp[]]>([
    ["manual", [/^GET \/Groups\//, /^PUT \/Groups\//]],
    ["catalog", [/^PATCH \/Groups\//, /^PATCH \/Groups\//]],
  ])("pushes everything at once when it is activated (%s)", async (integration, requests) => {
    const server = tinyScim();
    const rehearsal = rehearse(directory, server.send, { integration });
    await rehearsal.run();
    await act(rehearsal, pause, { kind: "add-member", group: "data", user: grace });
    server.forget();
    expect(await act(rehearsal, resume)).toEqual(["push-now data: updated"]);
    expect(server.lines).toEqual(requests.map((line) => expect.stringMatching(line)));
    expect(server.members("data")).toEqual([ada, grace]);
    expect(statusOf(rehearsal)).toBe("ACTIVE");
  });

  test("a mapping in error leaves its error behind, and has it again when activating fails, too", async () => {
    const server = tinyScim({
      intercept: ({ method, path }) =>
        method === "POST" && path === "/Groups" ? scimError(400, "no") : undefined,
    });
    const rehearsal = rehearse(directory, server.send);
    await rehearsal.run();
    expect(statusOf(rehearsal)).toBe("ERROR");
    await act(rehearsal, pause);
    expect({ status: statusOf(rehearsal), tasks: rehearsal.memory.tasks.size }).toEqual({
      status: "INACTIVE",
      tasks: 0,
    });
    expect(await act(rehearsal, resume)).toEqual(["push-group data: failed"]);
    expect({ status: statusOf(rehearsal), tasks: rehearsal.memory.tasks.size }).toEqual({
      status: "ERROR",
      tasks: 1,
    });
  });

  test("can be unlinked", async () => {
    const server = tinyScim();
    const rehearsal = rehearse(directory, server.send);
    await rehearsal.run();
    await act(rehearsal, pause, { kind: "unpush-group", group: "data", deleteTeam: true });
    expect(server.members("data")).toBeUndefined();
  });
});
