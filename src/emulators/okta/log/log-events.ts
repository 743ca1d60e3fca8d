/** The System Log: what happened in a company, as Okta writes it (Okta API: System Log). */

import type { CompanyEvent, JobEvent } from "../../company/company.ts";
import { isInAstro } from "../../../directory/action.ts";
import type { Directory } from "../../../directory/directory.ts";
import type { JsonObject, JsonValue } from "../../../ground/json.ts";
import type { Subject } from "../../../idp/run/events.ts";
import type { OktaContext } from "../context.ts";
import { groupsById, usersById } from "../resources/objects.ts";
import { fullNameOf, loginOf } from "../resources/user.ts";
import {
  actionEvent,
  ignoredEvent,
  jobEvents,
  settingEvent,
  syncEvent,
  type EventType,
} from "./event-types.ts";

export interface LogEvent {
  readonly uuid: string;
  readonly at: Date;
  readonly json: JsonObject;
}

/** In the order in which they happened. */
export function logEvents(context: OktaContext): readonly LogEvent[] {
  return context.company.events().flatMap((event) => eventsOf(context, event));
}

function eventsOf(context: OktaContext, event: CompanyEvent): readonly LogEvent[] {
  switch (event.kind) {
    case "action":
      return ofAction(context, event);
    case "job":
      return ofJob(context, event);
    case "setting":
      return [
        entry(event, settingEvent, {
          actor: person(event.by),
          target: [{ ...appTarget(context), changeDetails: settingChange(event) }],
        }),
      ];
    case "provisioning-failed":
      return [entry(event, syncEvent, { actor: system, target: [appTarget(context)], reason: event.error })];
    case "cycle":
      return [];
    default:
      return event satisfies never;
  }
}

type ActionEvent = Extract<CompanyEvent, { readonly kind: "action" }>;

function ofAction(context: OktaContext, event: ActionEvent): readonly LogEvent[] {
  const { action, before, by } = event;
  // What only Astro is asked for is not in Okta's log.
  if (isInAstro(action)) return [];
  const type = actionEvent(action.kind);
  if (type === undefined) return [];
  const directories = [before, context.company.directory()];
  const targets = [
    ...("user" in action ? userTargets(keyOf(action.user), directories) : []),
    ...("group" in action ? groupTargets(keyOf(action.group), directories) : []),
    ...(type[0].includes("application") ? [appTarget(context)] : []),
  ];
  return [entry(event, type, { actor: person(by), target: targets })];
}

function keyOf(named: string | { readonly key: string } | undefined): string {
  return typeof named === "object" ? named.key : (named ?? "");
}

/** Subjects that are gone keep their names. */
function ofJob(context: OktaContext, event: JobEvent): readonly LogEvent[] {
  const { subject, what, outcome } = event.report;
  if (outcome.kind === "interrupted") return [];
  const reason = outcome.kind === "failed" ? outcome.failure.sentence : undefined;
  const target = [...subjectTargets(context, subject), appTarget(context)];
  const types = jobEvents(what, outcome);
  const events = types.map((type, index) => entry(event, type, { actor: system, target, reason, index }));
  if (outcome.kind !== "done" || outcome.ignoredMembers === undefined) return events;
  const ignored = `Users ignored: ${outcome.ignoredMembers.join(", ")}`;
  return [
    ...events,
    entry(event, ignoredEvent, { actor: system, target, index: types.length, message: ignored }),
  ];
}

interface Entry {
  readonly actor: JsonObject;
  readonly target: readonly JsonObject[];
  /** Why it failed; undefined where it did not. */
  readonly reason?: string | undefined;
  /** Which of the events of one thing that happened. */
  readonly index?: number;
  /** In place of the type's own. */
  readonly message?: string;
}

/** The longest reason that a System Log event has (Okta API: LogOutcome). */
const longestReason = 255;

function entry(
  { id, at }: CompanyEvent,
  [eventType, displayMessage]: EventType,
  { actor, target, reason, index = 0, message }: Entry,
): LogEvent {
  const isJob = actor === system;
  const uuid = index === 0 ? id : withVersion(id, 4 + index);
  const json: JsonObject = {
    uuid,
    published: at.toISOString(),
    eventType,
    version: "0",
    severity: reason === undefined ? "INFO" : "WARN",
    displayMessage: message ?? displayMessage,
    actor,
    client: {
      userAgent: null,
      zone: null,
      device: null,
      id: null,
      ipAddress: null,
      geographicalContext: null,
    },
    outcome: {
      result: reason === undefined ? "SUCCESS" : "FAILURE",
      reason: reason === undefined ? null : reason.slice(0, longestReason),
    },
    target,
    transaction: { type: isJob ? "JOB" : "WEB", id, detail: {} },
    debugContext: { debugData: isJob ? { appname: "scim2headerauth" } : {} },
    authenticationContext: { authenticationStep: 0, externalSessionId: `trs${id}` },
    securityContext: { asNumber: null, asOrg: null, isp: null, domain: null, isProxy: null },
    request: { ipChain: [] },
  };
  return { uuid, at, json };
}

/** Several events of one thing that happened: its UUID has the version 4, theirs have others. */
function withVersion(uuid: string, version: number): string {
  return `${uuid.slice(0, 14)}${version}${uuid.slice(15)}`;
}

const system: JsonObject = {
  id: "00uOktaSystem0000000",
  type: "SystemPrincipal",
  alternateId: "system@okta.com",
  displayName: "Okta System",
  detailEntry: null,
};

function person(name: string): JsonObject {
  return { id: name, type: "User", alternateId: name, displayName: name, detailEntry: null };
}

function targetOf(type: string, id: string, alternateId: string, displayName: string): JsonObject {
  return { id, type, alternateId, displayName, detailEntry: null };
}

function appTarget({ company }: OktaContext): JsonObject {
  return targetOf("AppInstance", company.appId, company.appName, company.appName);
}

/** A toggle before and after; of other settings what they are now. */
function settingChange({ name, value }: Extract<CompanyEvent, { readonly kind: "setting" }>): JsonObject {
  const shown = JSON.stringify(value) ?? "";
  if (typeof value !== "boolean") return { from: {}, to: { [name]: shown } };
  const word = (isOn: boolean): JsonValue => (isOn ? "ENABLED" : "DISABLED");
  return { from: { [name]: word(!value) }, to: { [name]: word(value) } };
}

function userTargets(key: string, directories: readonly Directory[]): readonly JsonObject[] {
  const user = directories.map(({ users }) => users.get(key)).find((one) => one !== undefined);
  if (user === undefined) return [];
  return [targetOf("User", user.objectId, loginOf(user), fullNameOf(user))];
}

function groupTargets(key: string, directories: readonly Directory[]): readonly JsonObject[] {
  const group = directories.map(({ groups }) => groups.get(key)).find((one) => one !== undefined);
  return group === undefined ? [] : [targetOf("UserGroup", group.objectId, group.name, group.name)];
}

function subjectTargets({ company }: OktaContext, { kind, objectId, name }: Subject): readonly JsonObject[] {
  const directory = company.directory();
  if (kind === "group") {
    const group = groupsById(directory).groupsById.get(objectId);
    return [targetOf("UserGroup", objectId, group?.name ?? name, group?.name ?? name)];
  }
  if (kind === "app") return [];
  const user = usersById(directory).usersById.get(objectId);
  const [login, fullName] = user === undefined ? [name, name] : [loginOf(user), fullNameOf(user)];
  const appUser = company.assignmentOf(objectId)?.id ?? objectId;
  return [targetOf("AppUser", appUser, name, fullName), targetOf("User", objectId, login, fullName)];
}
