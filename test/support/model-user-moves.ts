/** What the clients of a model-based campaign do with users. */

import { expect } from "vitest";
import type { JsonObject } from "../../src/ground/json.ts";
import {
  inOtherCase,
  lists,
  lookUp,
  oneOf,
  patchRequest,
  search,
  shows,
  type Actor,
  type Move,
  type Step,
} from "./model-step.ts";
import {
  changeActive,
  changeTexts,
  makePrimary,
  removeEmail,
  rename,
  setEmail,
  spellings,
} from "./patch-spellings.ts";
import {
  emailTypes,
  textPaths,
  userSubmission,
  without,
  type EmailType,
  type ModelEmail,
  type ModelUser,
  type TextPath,
  type UserValues,
} from "./scim-model.ts";

export const userMoves: readonly Move[] = [
  { weight: 12, step: create },
  { weight: 4, step: onUser(createTaken) },
  { weight: 8, step: onUser(put) },
  { weight: 3, step: onUser(putTheSame) },
  { weight: 14, step: onUser(patchTexts) },
  { weight: 6, step: onUser(patchEmail) },
  { weight: 3, step: onUser(patchName) },
  { weight: 3, step: onUser(takeName) },
  { weight: 8, step: onUser(switchActive) },
  { weight: 3, step: onUser(writeBlindly) },
  { weight: 8, step: onUser(read) },
  { weight: 10, step: onUser(find) },
  { weight: 4, step: onUser(remove) },
  { weight: 3, step: touchGone },
  { weight: 5, step: grantShared },
];

function onUser(step: (actor: Actor, user: ModelUser) => Step | undefined): Move["step"] {
  return (actor) => {
    const id = oneOf(actor.random, actor.userIds);
    return id === undefined ? undefined : step(actor, actor.model.users.get(id)!);
  };
}

function create(actor: Actor): Step {
  const values = someValues(actor, newUserName(actor));
  return {
    name: "create a user",
    request: { method: "POST", path: "/Users", body: userSubmission(values) },
    status: 201,
    effect: ({ body }) => {
      actor.model.createUser(body.id, values);
      actor.userIds.add(body.id);
    },
    check: (answer) => shows(() => actor.model.userBody(answer.body.id))(answer),
  };
}

function createTaken(actor: Actor, { userName }: ModelUser): Step {
  const body = { userName: inOtherCase(actor.random, userName) };
  return {
    name: "create a user whose name is taken",
    request: { method: "POST", path: "/Users", body },
    status: 409,
    scimType: "uniqueness",
  };
}

function put(actor: Actor, user: ModelUser): Step {
  const values = someValues(actor, user.userName);
  return {
    name: "replace a user",
    request: { method: "PUT", path: `/Users/${user.id}`, body: userSubmission(values) },
    status: 200,
    effect: () => actor.model.changeUser(user.id, { ...values, entitlements: new Set() }),
    check: shows(() => actor.model.userBody(user.id)),
  };
}

function putTheSame(actor: Actor, user: ModelUser): Step {
  return {
    name: "replace a user by itself",
    request: { method: "PUT", path: `/Users/${user.id}`, body: actor.model.userBody(user.id) },
    status: 200,
    check: shows(() => actor.model.userBody(user.id)),
  };
}

function patchTexts(actor: Actor, user: ModelUser): Step {
  const { random, model } = actor;
  const paths = [random.pick(textPaths), ...random.some(textPaths)];
  const changes = new Map(paths.map((path) => [path, random.oneIn(4) ? undefined : someText(actor, path)]));
  const spelling = random.pick(spellings);
  const texts = new Map([...user.texts, ...changes]);
  return {
    name: `set and unset texts (${spelling})`,
    request: patchRequest(`/Users/${user.id}`, changeTexts(spelling, changes)),
    status: 200,
    effect: () => model.changeUser(user.id, { texts: withoutUndefined(texts) }),
    check: shows(() => model.userBody(user.id)),
  };
}

function patchEmail(actor: Actor, user: ModelUser): Step {
  const { random, model } = actor;
  const type = random.pick(emailTypes);
  const spelling = random.pick(spellings);
  const held = user.emails.get(type);
  const kind = random.pick(held === undefined ? ["set"] : ["set", "remove", "primary"]);
  const value = someEmail(actor);
  const change: Readonly<Record<string, readonly [readonly unknown[], ReadonlyMap<EmailType, ModelEmail>]>> =
    {
      set: [
        setEmail(spelling, type, value),
        new Map([...user.emails, [type, { primary: undefined, ...held, value }]]),
      ],
      remove: [removeEmail(spelling, type), new Map([...user.emails].filter(([other]) => other !== type))],
      primary: [makePrimary(spelling, type), withPrimary(user.emails, type)],
    };
  const [operations, emails] = change[kind]!;
  return {
    name: `${kind} an address (${spelling})`,
    request: patchRequest(`/Users/${user.id}`, operations),
    status: 200,
    effect: () => model.changeUser(user.id, { emails }),
    check: shows(() => model.userBody(user.id)),
  };
}

function patchName(actor: Actor, user: ModelUser): Step {
  const { random, model } = actor;
  const value = random.oneIn(3) ? inOtherCase(random, user.userName) : newUserName(actor);
  const spelling = random.pick(spellings);
  return {
    name: `rename a user (${spelling})`,
    request: patchRequest(`/Users/${user.id}`, rename(spelling, { id: user.id, name: "userName", value })),
    status: 200,
    effect: () => model.changeUser(user.id, { userName: value }),
    check: shows(() => model.userBody(user.id)),
  };
}

/** A refused write changes nothing of what stands beside the refused part. */
function takeName(actor: Actor, user: ModelUser): Step | undefined {
  const others = [...without(actor.userIds, [user.id])];
  const otherId = oneOf(actor.random, others);
  if (otherId === undefined) return undefined;
  const userName = inOtherCase(actor.random, actor.model.users.get(otherId)!.userName);
  const path = `/Users/${user.id}`;
  const byPut = { method: "PUT", path, body: { userName, title: "refused" } };
  const byPatch = patchRequest(path, [
    { op: "replace", path: "title", value: "refused" },
    { op: "replace", path: "userName", value: userName },
  ]);
  return {
    name: "rename a user to a name that is taken",
    request: actor.random.pick([byPut, byPatch]),
    status: 409,
    scimType: "uniqueness",
  };
}

function switchActive(actor: Actor, user: ModelUser): Step {
  const { random, model } = actor;
  const spelling = random.pick(spellings);
  // Now and then what is so already.
  const active = random.oneIn(6) ? user.active : !user.active;
  const byPut = { method: "PUT", path: `/Users/${user.id}`, body: { ...userSubmission(user), active } };
  const byPatch = patchRequest(`/Users/${user.id}`, changeActive(spelling, active));
  const isPut = random.oneIn(4) && user.entitlements.size === 0;
  return {
    name: `make a user ${active ? "" : "in"}active (${isPut ? "PUT" : spelling})`,
    request: isPut ? byPut : byPatch,
    status: 200,
    effect: () => model.changeUser(user.id, { active }),
    check: shows(() => model.userBody(user.id)),
  };
}

/** RFC 7644 §3.14: by a version that is no more. */
function writeBlindly(actor: Actor, { id, version }: ModelUser): Step {
  const headers = { "if-match": `W/"${version - 1}"` };
  const path = `/Users/${id}`;
  const request = actor.random.pick([
    { method: "DELETE", path },
    { method: "PUT", path, body: { userName: newUserName(actor) } },
    patchRequest(path, changeActive("rfc", false)),
  ]);
  return { name: "write by an old version", request: { ...request, headers }, status: 412 };
}

function read(actor: Actor, { id, version }: ModelUser): Step {
  const path = `/Users/${id}`;
  if (actor.random.oneIn(3)) {
    const headers = { "if-none-match": `W/"${version}"` };
    return { name: "read what is known", request: { method: "GET", path, headers }, status: 304 };
  }
  return {
    name: "read a user",
    request: { method: "GET", path },
    status: 200,
    check: shows(() => actor.model.userBody(id)),
  };
}

function find(actor: Actor, user: ModelUser): Step {
  const { random, model, userIds } = actor;
  const path = random.pick(["userName", "id", "externalId", "emails.value", "gone"]);
  const email = oneOf(
    random,
    [...user.emails.values()].map(({ value }) => value),
  );
  const wanted: Readonly<Record<string, string | undefined>> = {
    userName: inOtherCase(random, user.userName),
    id: user.id,
    externalId: user.texts.get("externalId"),
    "emails.value": email && inOtherCase(random, email),
  };
  const value = wanted[path] ?? newUserName(actor);
  const filter = `${wanted[path] === undefined ? "userName" : path} eq ${JSON.stringify(value)}`;
  const holds = (one: ModelUser): boolean => wanted[path] !== undefined && holdsValue(one, path, value);
  return {
    name: "look a user up",
    request: random.oneIn(3) ? search("/Users", filter) : lookUp("/Users", filter),
    status: 200,
    check: lists(() => {
      const found = [...userIds].filter((id) => holds(model.users.get(id)!));
      return found.map((id) => model.userBody(id));
    }),
  };
}

function remove(actor: Actor, { id }: ModelUser): Step {
  const request = { method: "DELETE", path: `/Users/${id}` };
  return {
    name: "delete a user",
    request,
    status: 204,
    effect: () => {
      actor.model.deleteUser(id);
      actor.userIds.delete(id);
      actor.goneIds.push(id);
    },
  };
}

/** RFC 7644 §3.6: what is deleted is not found, whatever is asked of it. */
function touchGone(actor: Actor): Step | undefined {
  const id = oneOf(actor.random, actor.goneIds);
  if (id === undefined) return undefined;
  const path = `/Users/${id}`;
  const request = actor.random.pick([
    { method: "GET", path },
    { method: "DELETE", path },
    { method: "PUT", path, body: { userName: newUserName(actor) } },
    patchRequest(path, changeActive("okta", true)),
  ]);
  return { name: "touch a user who is gone", request, status: 404 };
}

/** Entitlements of a user whom all share: each gives and takes its own. */
function grantShared(actor: Actor): Step {
  const { random, model } = actor;
  const id = random.pick(actor.sharedUserIds);
  const value = `e${actor.index}-${random.below(3)}`;
  const held = (): ReadonlySet<string> => model.users.get(id)!.entitlements;
  const isGrant = random.oneIn(2);
  const operation = isGrant
    ? { op: "add", path: "entitlements", value: [{ value }] }
    : { op: "remove", path: `entitlements[value eq "${value}"]` };
  return {
    name: `${isGrant ? "add" : "remove"} an entitlement of a shared user`,
    request: patchRequest(`/Users/${id}`, [operation]),
    status: 200,
    effect: () => {
      const entitlements = isGrant ? new Set([...held(), value]) : without(held(), [value]);
      model.changeUser(id, { entitlements });
    },
    check: ({ body }) => {
      const values = ((body.entitlements ?? []) as JsonObject[]).map((one) => one["value"]);
      expect(values.includes(value)).toBe(isGrant);
      expect(new Set(values).size).toBe(values.length);
    },
  };
}

function holdsValue(user: ModelUser, path: string, value: string): boolean {
  const same = (text: string | undefined): boolean => text?.toLowerCase() === value.toLowerCase();
  if (path === "userName") return same(user.userName);
  if (path === "id") return user.id === value;
  if (path === "externalId") return user.texts.get("externalId") === value;
  return [...user.emails.values()].some((email) => same(email.value));
}

function newUserName(actor: Actor): string {
  const { index, random } = actor;
  const kind = random.pick(["user", "o'brien", "zo\u00EB", "a+b", 'quote"', "back\\slash", "per%20cent"]);
  return `${kind}.${index}-${actor.next()}@example.com`;
}

function someEmail(actor: Actor): string {
  return `mail.${actor.index}-${actor.random.below(40)}@example.com`;
}

function someText({ index, random }: Actor, path: TextPath): string {
  if (path === "externalId") return `00u${index}-${random.below(20)}`;
  return random.pick([
    "Pilot",
    "pilot",
    "",
    " two  spaces ",
    'Zo\u00EB "Z"',
    "\u65E5\u672C",
    "__proto__",
    "a\\b",
    "\u{1F680}",
  ]);
}

function someValues(actor: Actor, userName: string): UserValues {
  const { random } = actor;
  const paths = random.some(textPaths);
  const types = random.some(emailTypes);
  const primary = random.oneIn(2) ? random.pick(types) : undefined;
  return {
    userName,
    texts: new Map(paths.map((path) => [path, someText(actor, path)])),
    emails: new Map(
      types.map((type) => [type, { value: someEmail(actor), primary: type === primary ? true : undefined }]),
    ),
  };
}

/** RFC 7644 §3.5.2: the one that was primary is not any more. */
function withPrimary(
  emails: ReadonlyMap<EmailType, ModelEmail>,
  type: EmailType,
): ReadonlyMap<EmailType, ModelEmail> {
  return new Map(
    [...emails].map(([other, email]) => {
      if (other === type) return [other, { ...email, primary: true }];
      return [other, email.primary === true ? { ...email, primary: false } : email];
    }),
  );
}

function withoutUndefined(texts: ReadonlyMap<TextPath, string | undefined>): ReadonlyMap<TextPath, string> {
  return new Map([...texts].flatMap(([path, text]) => (text === undefined ? [] : [[path, text]])));
}
