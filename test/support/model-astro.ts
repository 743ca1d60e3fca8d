/**
 * A small Astro in memory behind the ports: unique names, an account takes its memberships along, and a deactivation ends
 * memberships and roles.
 */

import { assembleState } from "../../src/astro/api/reading/assemble-state.ts";
import { teamFingerprint, userFingerprint } from "../../src/astro/api/fingerprint.ts";
import type { HeldState, HeldUser, Seen, TeamAsRead } from "../../src/astro/held.ts";
import { heldRoles, shownRoles, type HeldRoles } from "../../src/astro/records/held-roles.ts";
import type { TeamRecord, UserRecord } from "../../src/astro/records/record.ts";
import type { CreateResult, WriteResult, Writer } from "../../src/astro/writer.ts";
import type { IamLook, IamRoles } from "../../src/repair/executor.ts";
import { foldCase } from "../../src/ground/text/fold-case.ts";

interface ModelUser {
  roles: HeldRoles;
  userName: string;
  externalId: string | undefined;
  active: boolean;
  attributes: Record<string, string>;
}

interface ModelTeam {
  roles: HeldRoles;
  displayName: string;
  memberIds: Set<string>;
}

export interface ModelAstro extends Writer {
  /** What it holds now, as SCIM shows it. */
  state(): HeldState;
  /** The same with what IAM shows. */
  stateInIam(): HeldState;
  readonly iam: IamLook;
  readonly roles: IamRoles;
  /** Names of the writes so far, in order: `createUser`, … */
  readonly writes: readonly string[];
  /** Changes a user behind everybody's back. */
  meddleWithUser(scimId: string, change: Partial<ModelUser>): void;
  meddleWithTeam(scimId: string, change: Partial<ModelTeam>): void;
  forget(scimId: string): void;
}

const plain: HeldRoles = {
  organizationRole: "ORGANIZATION_MEMBER",
  workspaceRoles: [],
  deploymentRoles: [],
  dagRoles: [],
};

function rolesOf(iam: UserRecord | TeamRecord | undefined): HeldRoles {
  return iam?.roles === undefined ? plain : heldRoles(iam.roles);
}

const written: WriteResult = { kind: "written" };
const conflict = { kind: "refused", status: 409, message: "409 uniqueness: the name is taken" } as const;

export function modelAstro(start: HeldState): ModelAstro {
  const users = new Map<string, ModelUser>();
  const teams = new Map<string, ModelTeam>();
  const writes: string[] = [];
  let made = 0;

  for (const user of [...start.users.values(), ...start.namesakeUsers]) {
    const { userName, externalId, active, attributes } = user;
    const roles = rolesOf(user.iam);
    users.set(user.scimId, { userName, externalId, active, attributes: { ...attributes }, roles });
  }
  for (const team of [...start.teams.values(), ...start.namesakeTeams]) {
    const { displayName, memberIds } = team;
    teams.set(team.scimId, { displayName, memberIds: new Set(memberIds), roles: rolesOf(team.iam) });
  }

  const userRecord = (id: string, { userName: email, active, roles }: ModelUser): UserRecord => ({
    id,
    email,
    fullName: "",
    status: active ? "ACTIVE" : "INACTIVE",
    createdAt: undefined,
    updatedAt: undefined,
    roles: shownRoles(roles),
  });
  const teamRecord = (id: string, { displayName: name, roles }: ModelTeam): TeamRecord => ({
    id,
    name,
    description: undefined,
    isIdpManaged: true,
    createdAt: undefined,
    updatedAt: undefined,
    roles: shownRoles(roles),
    rolesCount: undefined,
  });
  const asHeldUser = (scimId: string, { roles: _roles, ...user }: ModelUser): HeldUser => ({
    ...user,
    attributes: { ...user.attributes },
    key: foldCase(user.userName),
    scimId,
    emails: [],
    roles: undefined,
    version: undefined,
    fingerprint: userFingerprint(user),
  });
  const asRead = (scimId: string, team: ModelTeam): TeamAsRead => ({
    key: foldCase(team.displayName),
    displayName: team.displayName,
    scimId,
    version: undefined,
    memberIds: new Set(team.memberIds),
    showsMembers: true,
    nestedGroupIds: new Set<string>(),
    fingerprint: teamFingerprint(team.displayName, team.memberIds),
  });
  const userNamed = (name: string): [string, ModelUser] | undefined =>
    [...users].find(([, user]) => foldCase(user.userName) === foldCase(name));
  const teamNamed = (name: string): [string, ModelTeam] | undefined =>
    [...teams].find(([, team]) => foldCase(team.displayName) === foldCase(name));
  const setActive = (scimId: string, user: ModelUser, active: boolean | undefined): void => {
    if (active === undefined) return;
    user.active = active;
    if (active) return;
    user.roles = plain;
    for (const team of teams.values()) team.memberIds.delete(scimId);
  };
  const create = (prefix: string): string => {
    made += 1;
    return `${prefix}-${made}`;
  };
  const editTeam = (team: Seen, edit: (one: ModelTeam) => void): WriteResult => {
    const found = teams.get(team.scimId);
    if (found === undefined) return { kind: "refused", status: 404, message: "404" };
    edit(found);
    return written;
  };

  const state = (): HeldState => {
    const heldUsers = [...users].map(([scimId, user]) => asHeldUser(scimId, user));
    const heldTeams = [...teams].map(([scimId, team]) => asRead(scimId, team));
    return assembleState({ users: heldUsers, teams: heldTeams, unlisted: new Map() });
  };
  const look: IamLook = {
    user: async (id) => {
      const user = users.get(id);
      return user === undefined ? undefined : userRecord(id, user);
    },
    team: async (id) => {
      const team = teams.get(id);
      return team === undefined ? undefined : teamRecord(id, team);
    },
    teamsOf: async (id) =>
      [...teams].filter(([, { memberIds }]) => memberIds.has(id)).map((one) => teamRecord(...one)),
  };

  return {
    writes,
    readUser: async (scimId) => {
      const user = users.get(scimId);
      return user === undefined ? undefined : asHeldUser(scimId, user);
    },
    readTeam: async (scimId) => {
      const team = teams.get(scimId);
      return team === undefined ? undefined : asRead(scimId, team);
    },
    findUser: async (name) => {
      const found = userNamed(name);
      return found === undefined ? undefined : asHeldUser(...found);
    },
    findTeam: async (name) => {
      const found = teamNamed(name);
      return found === undefined ? undefined : asRead(...found);
    },
    isListed: async ({ kind, scimId }) => (kind === "user" ? users : teams).has(scimId),
    createUser: async ({ userName, externalId, attributes }): Promise<CreateResult> => {
      writes.push("createUser");
      if (userNamed(userName) !== undefined) return conflict;
      const scimId = create("user");
      users.set(scimId, {
        userName,
        externalId: externalId ?? undefined,
        active: true,
        attributes: { ...attributes },
        roles: plain,
      });
      return { kind: "created", scimId };
    },
    updateUser: async (seen, edit): Promise<WriteResult> => {
      writes.push("updateUser");
      const user = users.get(seen.scimId);
      if (user === undefined) return { kind: "refused", status: 404, message: "404" };
      if (edit.userName !== undefined) {
        const other = userNamed(edit.userName);
        if (other !== undefined && other[0] !== seen.scimId) return conflict;
        user.userName = edit.userName;
      }
      setActive(seen.scimId, user, edit.active);
      for (const [path, value] of Object.entries(edit.attributes ?? {})) {
        if (path === "externalId") user.externalId = value ?? undefined;
        else if (value === null) delete user.attributes[path];
        else user.attributes[path] = value;
      }
      return written;
    },
    deleteUser: async ({ scimId }) => {
      writes.push("deleteUser");
      if (!users.delete(scimId)) return { kind: "gone" };
      for (const team of teams.values()) team.memberIds.delete(scimId);
      return written;
    },
    createTeam: async (displayName): Promise<CreateResult> => {
      writes.push("createTeam");
      if (teamNamed(displayName) !== undefined) return conflict;
      const scimId = create("team");
      teams.set(scimId, { displayName, memberIds: new Set(), roles: plain });
      return { kind: "created", scimId };
    },
    renameTeam: async (seen, displayName): Promise<WriteResult> => {
      writes.push("renameTeam");
      const other = teamNamed(displayName);
      if (other !== undefined && other[0] !== seen.scimId) return conflict;
      return editTeam(seen, (team) => {
        team.displayName = displayName;
      });
    },
    addMembers: async (seen, ids): Promise<WriteResult> => {
      writes.push("addMembers");
      const unknown = ids.find((id) => !users.has(id));
      if (unknown !== undefined) return { kind: "refused", status: 400, message: "400 invalidValue" };
      return editTeam(seen, (team) => {
        for (const id of ids) team.memberIds.add(id);
      });
    },
    removeMembers: async (seen, ids) => {
      writes.push("removeMembers");
      return editTeam(seen, (team) => {
        for (const id of ids) team.memberIds.delete(id);
      });
    },
    deleteTeam: async ({ scimId }) => {
      writes.push("deleteTeam");
      return teams.delete(scimId) ? written : { kind: "gone" };
    },
    iam: look,
    roles: {
      readBack: look,
      writer: {
        setRoles: async ({ kind, id }, roles) => {
          writes.push("setRoles");
          const holder = kind === "user" ? users.get(id) : teams.get(id);
          if (holder === undefined) return { kind: "gone" };
          holder.roles = roles;
          return written;
        },
      },
    },
    state,
    stateInIam: () => {
      const held = state();
      return {
        ...held,
        users: withRecords(held.users, (id) => userRecord(id, users.get(id)!)),
        teams: withRecords(held.teams, (id) => teamRecord(id, teams.get(id)!)),
      };
    },
    meddleWithUser: (scimId, change) => {
      Object.assign(users.get(scimId)!, change);
    },
    meddleWithTeam: (scimId, change) => {
      Object.assign(teams.get(scimId)!, change);
    },
    forget: (scimId) => {
      users.delete(scimId);
      teams.delete(scimId);
    },
  };
}

function withRecords<Item extends { readonly scimId: string }, Iam>(
  items: ReadonlyMap<string, Item>,
  recordOf: (id: string) => Iam,
): ReadonlyMap<string, Item & { readonly iam: Iam }> {
  return new Map([...items].map(([key, item]) => [key, { ...item, iam: recordOf(item.scimId) }]));
}
