/** The life of a canary, step by step: each step is a check that writes and reads back. */

import { AppError } from "../../ground/errors.ts";
import { fail, pass, type Check, type CheckId } from "../check.ts";
import { openScim } from "../scim/discovery.ts";
import { CanaryFailure, requireWritten, type OwnCanary } from "./own.ts";

interface Step {
  readonly id: string;
  readonly title: string;
  readonly needs: readonly string[];
  /** What must hold after it, as the detail of a pass. @throws CanaryFailure; AppError of reading */
  readonly take: (own: OwnCanary) => Promise<string>;
}

const steps: readonly Step[] = [
  {
    id: "user-create",
    title: "Create a user",
    needs: [],
    take: async (own) => {
      const user = await own.makeUser("astro-scim check");
      expect(user.active, "the new user is inactive");
      return own.names.userName;
    },
  },
  {
    id: "user-find",
    title: "Find it by userName",
    needs: ["user-create"],
    take: async (own) => {
      const { scimId } = await own.user();
      const found = await own.writer.findUser(own.names.userName);
      expect(found?.scimId === scimId, "the filter does not find the new user");
      return "found";
    },
  },
  {
    id: "user-update",
    title: "Change its display name",
    needs: ["user-create"],
    take: async (own) => {
      const displayName = "astro-scim check, changed";
      requireWritten(await own.writer.updateUser(await own.user(), { attributes: { displayName } }));
      expect((await own.user()).attributes["displayName"] === displayName, "the change is not kept");
      return "changed";
    },
  },
  {
    id: "user-deactivate",
    title: "Deactivate it",
    needs: ["user-create"],
    take: async (own) => {
      requireWritten(await own.writer.updateUser(await own.user(), { active: false }));
      // A provider that does not see it any more cannot reactivate it.
      expect(!(await own.user()).active, "it is still active");
      return "inactive, and still shown";
    },
  },
  {
    id: "user-reactivate",
    title: "Reactivate it",
    needs: ["user-deactivate"],
    take: async (own) => {
      requireWritten(await own.writer.updateUser(await own.user(), { active: true }));
      expect((await own.user()).active, "it is still inactive");
      return "active again";
    },
  },
  {
    id: "team-create",
    title: "Create a Team",
    needs: [],
    take: async (own) => {
      await own.makeTeam();
      return own.names.teamName;
    },
  },
  {
    id: "team-add-member",
    title: "Add the user to it",
    needs: ["user-create", "user-reactivate", "team-create"],
    take: async (own) => {
      const { scimId } = await own.user();
      requireWritten(await own.writer.addMembers(await own.team(), [scimId], unending()));
      expect((await own.team()).memberIds.has(scimId), "the Team does not show its member");
      return "a member";
    },
  },
  {
    id: "team-rename",
    title: "Rename the Team",
    needs: ["team-create"],
    take: async (own) => {
      const { newTeamName } = own.names;
      requireWritten(await own.writer.renameTeam(await own.team(), newTeamName));
      expect((await own.team()).displayName === newTeamName, "the new name is not kept");
      return newTeamName;
    },
  },
  {
    id: "team-remove-member",
    title: "Remove the user from it",
    needs: ["team-add-member"],
    take: async (own) => {
      const { scimId } = await own.user();
      requireWritten(await own.writer.removeMembers(await own.team(), [scimId], unending()));
      expect(!(await own.team()).memberIds.has(scimId), "the Team still shows its member");
      return "no longer a member";
    },
  },
  {
    id: "team-delete",
    title: "Delete the Team",
    needs: ["team-create"],
    take: async (own) => {
      await own.team();
      await own.removeTeam();
      return "gone";
    },
  },
  {
    id: "user-delete",
    title: "Delete the user",
    needs: ["user-create"],
    take: async (own) => {
      await own.user();
      await own.removeUser();
      return "gone";
    },
  },
];

/** `canary-user-create` and so on; the last one removes what is left, and is made whatever failed. */
export function canaryChecks(ownOf: () => OwnCanary | undefined): readonly Check[] {
  return [
    ...steps.map(({ id, title, needs, take }): Check => ({
      id: canaryId(id),
      group: "canary",
      title,
      needs: [...openScim, ...needs.map(canaryId)],
      failureClass: "other",
      run: async () => {
        const own = ownOf();
        if (own === undefined) throw new TypeError("a canary was used before it was made");
        try {
          return pass(await take(own));
        } catch (error) {
          if (!(error instanceof CanaryFailure) && !(error instanceof AppError)) throw error;
          return fail(error.message.replace(/\.$/, ""), adviceOn(id));
        }
      },
    })),
    {
      id: canaryId("removed"),
      group: "canary",
      title: "Nothing left behind",
      needs: [],
      failureClass: "other",
      run: async () => {
        const left = (await ownOf()?.removeAll()) ?? [];
        return left.length === 0
          ? pass("yes")
          : fail(left.join("; "), "Run astro-scim check --cleanup once the server works again.");
      },
    },
  ];
}

function canaryId(step: string): CheckId {
  return `canary-${step}`;
}

function adviceOn(step: string): string {
  return step.startsWith("team")
    ? "The identity provider would fail in the same way for its groups: see the server's reason, and tell its operator."
    : "The identity provider would fail in the same way for its users: see the server's reason, and tell its operator.";
}

/** @throws CanaryFailure */
function expect(holds: boolean, otherwise: string): void {
  if (!holds) throw new CanaryFailure(otherwise);
}

/** A write that was begun is finished. */
function unending(): AbortSignal {
  return new AbortController().signal;
}
