/** Builders of test data: a test names only what it is about. */

import type { Directory, DirectoryGroup, DirectoryUser } from "../../src/directory/directory.ts";

/** An active Okta user `ada@example.com`, whose key is the e-mail address and whose id is made of it. */
export function aUser(email: string, changes: Partial<Omit<DirectoryUser, "key">> = {}): DirectoryUser {
  const [name = email] = email.split("@");
  return {
    key: email,
    objectId: `00u-${name}`,
    status: "active",
    ...changes,
    profile: { login: email, email, firstName: name, lastName: "Example", ...changes.profile },
  };
}

/** An Entra user `ada@example.com`, whose key and user principal name are the mail and whose id is made of it. */
export function anEntraUser(mail: string, changes: Partial<Omit<DirectoryUser, "key">> = {}): DirectoryUser {
  const [name = mail] = mail.split("@");
  return {
    key: mail,
    objectId: `id-${name}`,
    status: "active",
    ...changes,
    profile: { mail, userPrincipalName: mail, displayName: name, ...changes.profile },
  };
}

export function aGroup(name: string, members: readonly string[] = []): DirectoryGroup {
  return { key: name, objectId: `00g-${name}`, name, members: new Set(members) };
}

export interface DirectoryParts {
  readonly users?: readonly DirectoryUser[];
  readonly groups?: readonly DirectoryGroup[];
  /** Keys; all users that are not deactivated unless said. */
  readonly assignedUsers?: readonly string[];
  readonly assignedGroups?: readonly string[];
  /** Keys; all groups unless said. */
  readonly pushedGroups?: readonly string[];
  /** Keys of users who were assigned before Provisioning was switched on; none unless said. */
  readonly ssoOnlyUsers?: readonly string[];
}

/** A directory in which everybody is assigned and every group is pushed, unless said. */
export function aDirectory(parts: DirectoryParts): Directory {
  const users = parts.users ?? [];
  const groups = parts.groups ?? [];
  const assignable = users.filter(({ status }) => status !== "deactivated").map(({ key }) => key);
  return {
    users: new Map(users.map((user) => [user.key, user])),
    groups: new Map(groups.map((group) => [group.key, group])),
    assignedUsers: new Set(parts.assignedUsers ?? assignable),
    assignedGroups: new Set(parts.assignedGroups ?? []),
    pushedGroups: new Set(parts.pushedGroups ?? groups.map(({ key }) => key)),
    ssoOnlyUsers: new Set(parts.ssoOnlyUsers ?? []),
  };
}
