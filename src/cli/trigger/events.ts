/** The events that `trigger` knows, as tables: what happens, and which options say to whom. */

import type { AppSettings } from "../../directory/app-settings.ts";

export type ProviderId = AppSettings["idp"];

export interface EventRow {
  /** For the help. */
  readonly summary: string;
  /** Whether a group is part of it: always, or if `--group` names one. */
  readonly group: "needed" | "optional" | "none";
  /** What `--to` names. */
  readonly to?: "e-mail address" | "group";
  /** Whether `--set` changes attributes in it. */
  readonly takesSet?: true;
}

const shared = {
  joiner: {
    summary: "a user is created and assigned to the app (--group: in that group)",
    group: "optional",
    takesSet: true,
  },
  mover: {
    summary: "a user leaves --group and joins the group --to; --set changes attributes, too",
    group: "needed",
    to: "group",
    takesSet: true,
  },
  "update-user": {
    summary: "attributes of a user change: --set (default: the last name and the display name)",
    group: "none",
    takesSet: true,
  },
  "rename-user": {
    summary: "a user gets the e-mail address --to, and with it another userName",
    group: "none",
    to: "e-mail address",
  },
  unassign: { summary: "a user is unassigned from the app", group: "optional" },
  "add-member": { summary: "a user is added to --group", group: "needed" },
  "remove-member": { summary: "a user is removed from --group", group: "needed" },
  "rename-group": { summary: "--group gets the name --to", group: "needed", to: "group" },
} as const satisfies Readonly<Record<string, EventRow>>;

const ofOkta = {
  leaver: { summary: "a user is deactivated in Okta", group: "optional" },
  returner: { summary: "a deactivated user is activated and assigned again", group: "none" },
  "push-group": { summary: "--group, with the user in it, is pushed", group: "needed" },
  "push-now": { summary: "Push now, for --group, with the user in it", group: "needed" },
  "unpush-group": { summary: "--group is no longer pushed; its Team is left in place", group: "needed" },
  "unpush-and-delete-group": {
    summary: "--group is no longer pushed, and its Team is deleted",
    group: "needed",
  },
} as const satisfies Readonly<Record<string, EventRow>>;

const ofEntra = {
  leaver: { summary: "a user is deleted: moved to the recycle bin", group: "optional" },
  returner: { summary: "a user is restored from the recycle bin", group: "none" },
  "block-user": { summary: "sign-in of a user is blocked", group: "optional" },
  "purge-user": { summary: "a user is deleted permanently", group: "optional" },
  "assign-group": { summary: "--group, with the user in it, is assigned to the app", group: "needed" },
  "unassign-group": { summary: "--group is unassigned from the app", group: "needed" },
  "delete-group": { summary: "--group is deleted", group: "needed" },
  "provision-on-demand": { summary: "Provision on demand, for the user", group: "none" },
} as const satisfies Readonly<Record<string, EventRow>>;

export type OktaEvent = keyof typeof shared | keyof typeof ofOkta;
export type EntraEvent = keyof typeof shared | keyof typeof ofEntra;

export const eventTables: {
  readonly okta: Readonly<Record<OktaEvent, EventRow>>;
  readonly entra: Readonly<Record<EntraEvent, EventRow>>;
} = {
  okta: { ...ofOkta, ...shared },
  entra: { ...ofEntra, ...shared },
};

export function isEventOf<Id extends ProviderId>(
  idp: Id,
  name: string,
): name is keyof (typeof eventTables)[Id] & string {
  return Object.hasOwn(eventTables[idp], name);
}
