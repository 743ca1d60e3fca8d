/** What `astro-scim api` does: one request as it is written, to IAM or SCIM. */

import { astroApisOf } from "../../astro/address.ts";
import { describeIamProblem, isIamProblem } from "../../astro/iam/problem.ts";
import { noAnswer } from "../../astro/api/judge.ts";
import { describeProblem } from "../../astro/api/problem.ts";
import { AppError, type AppErrorCode } from "../../ground/errors.ts";
import { exitStatus } from "../../ground/exit-status.ts";
import type { JsonValue } from "../../ground/json.ts";
import { printable } from "../../ground/text/printable.ts";
import { labelInQuestion } from "../../assembly/connect.ts";
import { refuseClashes } from "../../files/distinct-files.ts";
import { namedBaseUrl, type RemoteTarget, type Target } from "../../target/resolve-target.ts";
import { throwFirst } from "../../target/safety.ts";
import { isSuccess, type WireAnswer } from "../../wire/exchange.ts";
import { joinScimUrl } from "../../wire/join-scim-url.ts";
import type { Io } from "../../world/io.ts";
import type { ApiPlace } from "../api/api-path.ts";
import { bothWords, type WrittenWords } from "../api/both-words.ts";
import { curlCommand, curlVariable } from "../api/curl-command.ts";
import { readAllOf } from "../api/paginate.ts";
import { apiRequest, isWrite, methodOf, type ApiRequest } from "../api/request.ts";
import { targetOf, withConnection, type Connected } from "../connected.ts";
import { filesOfTarget } from "../files/files-in-use.ts";
import type { TargetFlags } from "../flags/options.ts";
import { aloneOnThisMachine } from "../lock/alone.ts";
import { explainRefusal } from "../organization/token-remark.ts";
import { confirmOrDecline } from "../prompt.ts";

export interface ApiFlags extends TargetFlags {
  readonly field?: readonly string[];
  readonly rawField?: readonly string[];
  readonly input?: string;
  readonly paginate?: boolean;
  readonly curl?: boolean;
  readonly allowRemote?: boolean;
  readonly yes?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly trace?: string;
}

/** Sends the request and prints the body of its answer, or prints it for curl; resolves to the exit status. */
export async function callApi(io: Io, written: WrittenWords, flags: ApiFlags): Promise<number> {
  const words = bothWords(written);
  const { field: fields = [], rawField: rawFields = [], input } = flags;
  const make = async (place: ApiPlace): Promise<ApiRequest> =>
    apiRequest(io, { ...words, fields, rawFields, input }, place);
  // A wrong method, or a path in its place, is no reason to ask for a target first.
  methodOf(words.method);
  if (flags.curl === true) return printCurl(io, make, flags);
  const intent = mayWrite(words) ? "write" : "read";
  const target = await targetOf(io, flags, intent, "organization of the token");
  const request = await make(placeOf(requireRemote(target)));
  if (flags.paginate === true && request.method !== "GET") throw paginateNeedsGet();
  if (isWrite(request)) throwFirst([refuseReadOnly(target), refuseRemote(target, flags)]);
  await refuseClashes(io, {
    reads: [
      ...(await filesOfTarget(io, flags, target)),
      ...(input === undefined || input === "-" ? [] : [{ use: "--input", file: input }]),
    ],
    writes: flags.trace === undefined ? [] : [{ use: "--trace", file: flags.trace }],
  });
  const options = { flags: { ...flags, output: "text" as const }, target, local: {} };
  return withConnection(io, options, async (connected) => {
    if (flags.paginate === true) return printAll(connected, request);
    if (!isWrite(request)) return send(connected, request);
    return aloneOnThisMachine(connected, "api", async () => {
      if (flags.yes !== true)
        await confirmOrDecline(io, question(connected, request), {
          signal: connected.signal,
          withoutTerminal,
        });
      return send(connected, request);
    });
  });
}

/** Before the path is resolved, for which the target must be known. */
function mayWrite({ method, path }: { readonly method: string; readonly path: string }): boolean {
  return !/^get$/i.test(method) && !(/^post$/i.test(method) && /\/\.search(?:\?|$)/.test(path));
}

const withoutTerminal = "Add --yes to send it without confirmation, or --curl to print it only.";

/** Nothing is sent, so no token is needed where the target is named. */
async function printCurl(
  io: Io,
  make: (place: ApiPlace) => Promise<ApiRequest>,
  flags: ApiFlags,
): Promise<number> {
  if (flags.paginate === true) {
    throw new AppError("usage", "--curl prints one request, and --paginate sends several.", {
      hint: "Keep one of them.",
    });
  }
  const named = await namedBaseUrl(flags, io);
  const baseUrl =
    named ?? requireRemote(await targetOf(io, flags, "read", "organization of the token")).baseUrl;
  const place = placeOf({ baseUrl });
  const request = await make(place);
  const url =
    request.api === "iam" ? `${place.apis?.root ?? ""}${request.path}` : joinScimUrl(baseUrl, request.path);
  io.stdout.write(`${curlCommand(request, { url, caFile: flags.ca })}\n`);
  if (flags.quiet !== true && !io.env[curlVariable]) io.stderr.write(`${variableIsNotSet}\n`);
  return exitStatus.ok;
}

/** Else curl would send an empty token, although this command found one elsewhere. */
const variableIsNotSet = `${curlVariable} is not set here: set it to the API token before you run the command.`;

function placeOf({ baseUrl }: Pick<RemoteTarget, "baseUrl">): ApiPlace {
  return { baseUrl, apis: astroApisOf(baseUrl) };
}

function requireRemote(target: Target): RemoteTarget {
  if (target.kind === "remote") return target;
  throw new AppError("usage", "There is no target.", { hint: "Add --url, --org or --profile." });
}

async function printAll(connected: Connected, request: ApiRequest): Promise<number> {
  try {
    print(connected, await readAllOf(connected, request));
    return exitStatus.ok;
  } catch (error) {
    throw explainRefusal(error, connected);
  }
}

async function send(connected: Connected, request: ApiRequest): Promise<number> {
  const answer = await senderOf(connected, request)(request);
  const asked = { target: connected.connection.baseUrl, request: inWords(request) };
  if (answer.kind === "no-response") throw noAnswer(answer, asked);
  if (answer.json !== undefined) print(connected, answer.json);
  else if (answer.text !== "") connected.io.stdout.write(endedLine(answer.text));
  if (isSuccess(answer)) {
    if (answer.text === "")
      connected.output.say(`${inWords(request)} was answered ${answer.status}, without a body.`);
    return exitStatus.ok;
  }
  throw explainRefusal(refusal(answer, request), connected);
}

/** A write is waited for, whatever happens: whether it was carried out must be known. */
function senderOf({ connection }: Connected, request: ApiRequest) {
  const senders = request.api === "iam" ? connection.apis : connection;
  const { send: read, sendToTheEnd } = senders ?? connection;
  return isWrite(request) ? sendToTheEnd : read;
}

function refusal(answer: Extract<WireAnswer, { kind: "response" }>, request: ApiRequest): AppError {
  const problem = isIamProblem(answer) ? describeIamProblem(answer) : describeProblem(answer);
  return new AppError(codeOf(answer.status, request), `${inWords(request)} was answered ${problem}.`);
}

function codeOf(status: number, request: ApiRequest): AppErrorCode {
  if (status === 401 || status === 403) return "unauthorized";
  return !isWrite(request) && (status === 429 || status >= 500) ? "source-incomplete" : "failed";
}

function print({ io, output }: Connected, json: JsonValue): void {
  output.progress.stop();
  io.stdout.write(`${JSON.stringify(json, null, 2)}\n`);
}

function endedLine(text: string): string {
  return text.endsWith("\n") ? text : `${text}\n`;
}

function inWords({ method, path }: ApiRequest): string {
  return `${method} ${path.split("?")[0] ?? ""}`;
}

function question({ connection }: Connected, request: ApiRequest): string {
  const body = request.body === undefined ? "" : ` with ${shortened(JSON.stringify(request.body))}`;
  return printable(`Send ${inWords(request)}${body} to ${labelInQuestion(connection)}?`);
}

function shortened(text: string): string {
  return text.length <= longestBody ? text : `${text.slice(0, longestBody)}…`;
}

const longestBody = 400;

function paginateNeedsGet(): AppError {
  return new AppError("usage", "--paginate works with GET only.");
}

function refuseReadOnly(target: Target): AppError | undefined {
  if (target.kind === "in-process" || target.profile?.readOnly !== true) return undefined;
  return new AppError("refused", `The ${target.profile.label} is marked readOnly.`, {
    hint: "Add --curl to print the request only, or choose another profile.",
  });
}

/** No plan, limit or list of what is protected stands between a raw write and a real organization. */
function refuseRemote(target: Target, { allowRemote }: ApiFlags): AppError | undefined {
  if (target.kind === "in-process" || target.isLoopback || allowRemote === true) return undefined;
  return new AppError(
    "refused",
    `This would change ${new URL(target.baseUrl).host} directly: without a plan, without limits, and it cannot be undone.`,
    { hint: "Add --allow-remote if you mean that, or --curl to print the request only." },
  );
}
