/** The writer over SCIM: one resource at a time, in requests that any RFC 7644 server takes. */

import { AppError } from "../../ground/errors.ts";
import { isJsonObject, type JsonValue } from "../../ground/json.ts";
import { groupSchemaUrn } from "../../scim/urn.ts";
import {
  isSuccess,
  type Send,
  type WireAnswer,
  type WireRequest,
  type WireResponse,
} from "../../wire/exchange.ts";
import { bodyInWords } from "../../wire/body-in-words.ts";
import { documentedAttributePaths } from "../attributes.ts";
import { parseMappedPath, type MappedPath } from "../mapped-path.ts";
import type { CreateResult, WriteResult, Writer } from "../writer.ts";
import { findTeam, findUser } from "./reading/find.ts";
import { memberAdditions, memberRemovals, writeMembers } from "./members.ts";
import { describeProblem, isKnownProblem } from "./problem.ts";
import { readTeamInFull, readUser } from "./reading/read-one.ts";
import { deleteRequest, patchRequest, postRequest } from "./request.ts";
import { createStillListed } from "./reading/still-listed.ts";
import { newUserBody, userPatch } from "./user-body.ts";

export interface WriterOptions {
  /** SCIM base URL, for messages. */
  readonly target: string;
  /** The paths that `readAstroState` was given. */
  readonly attributePaths?: readonly string[];
}

/** A writer that sends its requests through `send`, which may retry what is safe to retry. */
export function createScimWriter(send: Send, options: WriterOptions): Writer {
  const paths: readonly MappedPath[] = (options.attributePaths ?? documentedAttributePaths).map(
    parseMappedPath,
  );
  const reading = { target: options.target, paths, textIdsOnly: true };
  const stillListed = createStillListed(send, reading);
  const write = async (request: WireRequest): Promise<WriteResult> => writeResult(await send(request));
  return {
    readUser: (scimId) => readUser(send, scimId, reading),
    readTeam: (scimId) => readTeamInFull(send, scimId, reading),
    findUser: (userName) => findUser(send, userName, reading),
    findTeam: (displayName) => findTeam(send, displayName, reading),
    isListed: (listed) => stillListed({ ...namedAs[listed.kind], ...listed }),
    createUser: (user) =>
      create(send, postRequest("/Users", newUserBody(user)), () => findUser(send, user.userName, reading)),
    updateUser: (user, edit) =>
      write(patchRequest("/Users", user, userPatch(edit, { mapped: paths, held: user.attributes }))),
    deleteUser: (user) => remove(send, deleteRequest("/Users", user)),
    createTeam: (displayName) =>
      create(send, postRequest("/Groups", { schemas: [groupSchemaUrn], displayName }), () =>
        findTeam(send, displayName, reading),
      ),
    renameTeam: (team, displayName) =>
      write(patchRequest("/Groups", team, [{ op: "replace", path: "displayName", value: displayName }])),
    addMembers: (team, userIds, signal) =>
      writeMembers(write, { team, userIds, signal, operations: memberAdditions }),
    removeMembers: (team, userIds, signal) =>
      writeMembers(write, { team, userIds, signal, operations: memberRemovals }),
    deleteTeam: (team) => remove(send, deleteRequest("/Groups", team)),
  };
}

const namedAs = {
  user: { endpoint: "/Users", attribute: "userName" },
  team: { endpoint: "/Groups", attribute: "displayName" },
} as const;

function writeResult(answer: WireAnswer): WriteResult {
  if (answer.kind === "no-response") return { kind: "no-answer", message: answer.message };
  const { status } = answer;
  if (isSuccess(answer)) return { kind: "written" };
  if (isOfGateway(answer)) return { kind: "no-answer", message: describeProblem(answer) };
  if (status === 412) return { kind: "changed" };
  return { kind: "refused", status, message: describeProblem(answer) };
}

/** 502 and 504 say that the server behind gave no usable answer (RFC 9110 §15.6.3, §15.6.5), and not what it did. */
function isOfGateway({ status }: WireResponse): boolean {
  return status === 502 || status === 504;
}

/**
 * A repeated deletion is answered 404 (Astro API overview). A 404 in another form is not the server's: a gateway or a web
 * server answered in its place, and nothing tells what became of the request.
 */
async function remove(send: Send, request: WireRequest): Promise<WriteResult> {
  const answer = await send(request);
  if (answer.kind !== "response" || answer.status !== 404) return writeResult(answer);
  if (isKnownProblem(answer)) return { kind: "gone" };
  return { kind: "no-answer", message: `404 with ${bodyInWords(answer)}` };
}

type Find = () => Promise<{ readonly scimId: string } | undefined>;

/**
 * A POST is not idempotent (Astro API overview), so it is never sent twice: where no answer came, one of a gateway, or
 * one that does not name the new resource, looking for it tells whether it was made.
 */
async function create(send: Send, request: WireRequest, find: Find): Promise<CreateResult> {
  const answer = await send(request);
  if (answer.kind === "no-response") {
    const { reason, message } = answer;
    const connected = reason !== "refused" && reason !== "unresolved";
    return connected ? await reconcile(message, find) : { kind: "not-sent", message };
  }
  const { status, json } = answer;
  if (isOfGateway(answer)) return await reconcile(describeProblem(answer), find);
  if (!isSuccess(answer)) return { kind: "refused", status, message: describeProblem(answer) };
  const scimId = newId(json);
  if (scimId !== undefined) return { kind: "created", scimId };
  return await reconcile(`${status}, without the id of the new resource`, find);
}

async function reconcile(message: string, find: Find): Promise<CreateResult> {
  try {
    const found = await find();
    return found === undefined ? { kind: "not-found", message } : { kind: "created", scimId: found.scimId };
  } catch (error) {
    if (error instanceof AppError) return { kind: "lost", message, errorCode: error.code };
    throw error;
  }
}

function newId(body: JsonValue | undefined): string | undefined {
  const id = isJsonObject(body) ? body["id"] : undefined;
  return typeof id === "string" && id !== "" ? id : undefined;
}
