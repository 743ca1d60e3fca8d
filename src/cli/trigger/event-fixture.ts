/** An event as the smallest fixture in which it happens: a user, a group or two, and one step. */

import type { Fixture } from "../../fixture/fixture.ts";
import { readFixture } from "../../fixture/read.ts";
import type { JsonObject } from "../../ground/json.ts";
import { attributeEntry, type EventSubjects } from "./event-options.ts";
import { isEventOf, type EntraEvent, type OktaEvent, type ProviderId } from "./events.ts";

export interface EventInput {
  readonly idp: ProviderId;
  readonly event: string;
  readonly integration: string | undefined;
  readonly subjects: EventSubjects;
  /** The user's attributes beforehand, by the names of the provider. */
  readonly profile: Readonly<Record<string, string>>;
}

/** The directory beforehand, and what is done. */
interface Story {
  readonly users?: readonly JsonObject[];
  readonly groups?: readonly JsonObject[];
  readonly do: readonly JsonObject[];
}

/** @throws AppError invalid-file, for an attribute that the provider does not have */
export function eventFixture(input: EventInput): Fixture {
  const { idp, event, integration } = input;
  const { users = [], groups = [], do: actions } = storyOf(input);
  const fixture = {
    idp,
    ...(integration === undefined ? {} : { app: { integration } }),
    users,
    groups,
    timeline: [{ name: `Event: ${event}`, do: actions }],
  };
  return readFixture(`the event ${event}`, JSON.stringify(fixture));
}

function storyOf(input: EventInput): Story {
  const { idp, event } = input;
  if (idp === "okta" && isEventOf(idp, event)) return oktaStories[event](input);
  if (idp === "entra" && isEventOf(idp, event)) return entraStories[event](input);
  throw new TypeError(`there is no event ${event}`);
}

type Tell = (input: EventInput) => Story;

function userEntry({ idp, subjects, profile }: EventInput, more: JsonObject = {}): JsonObject {
  const name = idp === "okta" ? "email" : "mail";
  return {
    [name]: subjects.user,
    ...attributeEntry(idp, profile, { clears: false }),
    assigned: true,
    ...more,
  };
}

/** A group that is a Team, unless `isTeam` is false. */
function groupEntry(idp: ProviderId, name: string, members: readonly string[], isTeam = true): JsonObject {
  return { name, members, ...(isTeam ? { [idp === "okta" ? "push" : "assign"]: true } : {}) };
}

/** The user is there, in the group if there is one; then this is done. */
function withUser(act: (input: EventInput) => readonly JsonObject[], more?: JsonObject): Tell {
  return (input) => {
    const { user, group } = input.subjects;
    const groups = group === undefined ? [] : [groupEntry(input.idp, group, [user])];
    return { users: [userEntry(input, more)], groups, do: act(input) };
  };
}

function nameOf({ subjects: { group } }: EventInput): string {
  if (group === undefined) throw new TypeError("the event has no group");
  return group;
}

const shared = {
  joiner: (input) => {
    const { user, group, set } = input.subjects;
    const { idp } = input;
    const attributes = { ...input.profile, ...set };
    const entry = {
      [idp === "okta" ? "email" : "mail"]: user,
      ...attributeEntry(idp, attributes, { clears: false }),
      assigned: true,
    };
    return {
      groups: group === undefined ? [] : [groupEntry(idp, group, [])],
      do: [{ create: { ...entry, ...(group === undefined ? {} : { groups: [group] }) } }],
    };
  },
  mover: (input) => {
    const { user, to, set } = input.subjects;
    const group = nameOf(input);
    const change = attributeEntry(input.idp, set, { clears: true });
    return {
      users: [userEntry(input)],
      groups: [groupEntry(input.idp, group, [user]), groupEntry(input.idp, to, [])],
      do: [
        { remove: { user, from: group } },
        { add: { user, to } },
        ...(Object.keys(change).length === 0 ? [] : [{ update: { user, set: change } }]),
      ],
    };
  },
  "update-user": withUser(({ idp, subjects: { user, set } }) => {
    const invented =
      idp === "okta"
        ? { lastName: "Renamed", displayName: "Example Renamed" }
        : { surname: "Renamed", displayName: "Example Renamed" };
    const change = Object.keys(set).length === 0 ? invented : set;
    return [{ update: { user, set: attributeEntry(idp, change, { clears: true }) } }];
  }),
  "rename-user": withUser(({ idp, subjects: { user, to } }) => [
    { update: { user, set: idp === "okta" ? { email: to } : { mail: to, userPrincipalName: to } } },
  ]),
  unassign: withUser(({ subjects: { user } }) => [{ unassign: user }]),
  "add-member": (input) => ({
    users: [userEntry(input)],
    groups: [groupEntry(input.idp, nameOf(input), [])],
    do: [{ add: { user: input.subjects.user, to: nameOf(input) } }],
  }),
  "remove-member": withUser((input) => [{ remove: { user: input.subjects.user, from: nameOf(input) } }]),
  "rename-group": withUser((input) => [{ "rename-group": { group: nameOf(input), to: input.subjects.to } }]),
} as const satisfies Readonly<Record<string, Tell>>;

/** The group is not a Team yet; then it becomes one. */
function becomesTeam(action: string): Tell {
  return (input) => ({
    users: [userEntry(input)],
    groups: [groupEntry(input.idp, nameOf(input), [input.subjects.user], false)],
    do: [{ [action]: nameOf(input) }],
  });
}

const oktaStories: Readonly<Record<OktaEvent, Tell>> = {
  ...shared,
  leaver: withUser(({ subjects: { user } }) => [{ deactivate: user }]),
  returner: withUser(({ subjects: { user } }) => [{ activate: user }, { assign: user }], {
    status: "deactivated",
    assigned: false,
  }),
  "push-group": becomesTeam("push"),
  "push-now": withUser((input) => [{ "push-now": nameOf(input) }]),
  "unpush-group": withUser((input) => [{ unpush: { group: nameOf(input), team: "leave" } }]),
  "unpush-and-delete-group": withUser((input) => [{ unpush: { group: nameOf(input), team: "delete" } }]),
};

const entraStories: Readonly<Record<EntraEvent, Tell>> = {
  ...shared,
  // Out of the group, too: members of an assigned group stay in scope.
  unassign: withUser(({ subjects: { user, group } }) => [
    { unassign: user },
    ...(group === undefined ? [] : [{ remove: { user, from: group } }]),
  ]),
  leaver: withUser(({ subjects: { user } }) => [{ delete: user }]),
  returner: withUser(({ subjects: { user } }) => [{ restore: user }], { status: "soft-deleted" }),
  "block-user": withUser(({ subjects: { user } }) => [{ block: user }]),
  "purge-user": withUser(({ subjects: { user } }) => [{ delete: user }, { purge: user }]),
  "assign-group": becomesTeam("assign-group"),
  "unassign-group": withUser((input) => [{ "unassign-group": nameOf(input) }]),
  "delete-group": withUser((input) => [{ "delete-group": nameOf(input) }]),
  "provision-on-demand": withUser(({ subjects: { user } }) => [{ "provision-on-demand": { user } }]),
};
