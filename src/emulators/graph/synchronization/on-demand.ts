/** Provision on demand: one user, or one group with some of its members (Microsoft Graph: synchronizationJob: provisionOnDemand). */

import * as z from "zod";
import type { ConsoleAction } from "../../../directory/action.ts";
import type { JsonObject } from "../../../ground/json.ts";
import type { JobEvent } from "../../company/company.ts";
import { badRequest, GraphError, notFound } from "../graph-error.ts";
import type { GraphContext } from "../graph-route.ts";
import { onDemandRecord, onDemandSummary } from "./on-demand-record.ts";
import { eventsAfter } from "./job-object.ts";
import { groupObjectName, ruleIdOf, userObjectName } from "./job-names.ts";

const subject = z.looseObject({
  objectId: z.string().min(1),
  objectTypeName: z.string(),
  links: z.looseObject({ members: z.array(z.looseObject({ objectId: z.string() })).nullish() }).nullish(),
});

const onDemandBody = z.looseObject({
  parameters: z.array(z.looseObject({ ruleId: z.string(), subjects: z.array(subject).length(1) })).length(1),
});

type OnDemand = Extract<
  ConsoleAction,
  { readonly kind: "provision-user-on-demand" | "provision-group-on-demand" }
>;

/**
 * What was asked for, and whom it is about.
 * @throws GraphError 400, 404
 */
export function readOnDemand(
  body: unknown,
  context: GraphContext,
): { readonly action: OnDemand; readonly objectId: string } {
  const read = onDemandBody.safeParse(body);
  if (!read.success) throw badRequest("One parameter with a ruleId and one subject is required.");
  const [parameter] = read.data.parameters;
  const [one] = parameter?.subjects ?? [];
  if (parameter === undefined || one === undefined) throw badRequest("A subject is required.");
  if (parameter.ruleId !== ruleIdOf(context)) throw badRequest(`There is no rule '${parameter.ruleId}'.`);
  return { action: actionFor(one, context), objectId: one.objectId };
}

function actionFor(
  { objectId, objectTypeName, links }: z.infer<typeof subject>,
  context: GraphContext,
): OnDemand {
  const { userById, groupById } = context.current();
  if (objectTypeName === userObjectName) {
    const user = userById.get(objectId);
    if (user === undefined) throw notFound(objectId);
    return { kind: "provision-user-on-demand", user: user.key };
  }
  if (objectTypeName !== groupObjectName) {
    throw badRequest(`The objectTypeName must be ${userObjectName} or ${groupObjectName}.`);
  }
  const group = groupById.get(objectId);
  if (group === undefined) throw notFound(objectId);
  const members = links?.members ?? [];
  const users = members.map(({ objectId: memberId }) => {
    const member = userById.get(memberId);
    if (member === undefined) throw notFound(memberId);
    return member.key;
  });
  return { kind: "provision-group-on-demand", group: group.key, users };
}

/** Does it, and says what came of it: two texts of JSON. */
export async function provisionOnDemand(
  context: GraphContext,
  { action, objectId }: ReturnType<typeof readOnDemand>,
): Promise<JsonObject> {
  const { company } = context;
  const last = company.events().at(-1);
  company.act(action);
  await company.settled();
  const events = eventsAfter(company.events(), last);
  const failure = events.find((event) => event.kind === "provisioning-failed");
  if (failure !== undefined) throw new GraphError(400, "BadRequest", failure.error);
  const jobs = events.filter((event): event is JobEvent => event.kind === "job" && event.cycle === undefined);
  const job = jobs.findLast(({ report }) => report.subject.objectId === objectId);
  if (job === undefined) throw new GraphError(503, "serviceNotAvailable", "Provisioning was interrupted.");
  const answered = onDemandRecord(job, context);
  // Both forms are published: the first with the call itself, the second with cross-tenant synchronization.
  return context.options.onDemandAnswer === "status-info"
    ? {
        key: "Microsoft.Identity.Health.CPP.Common.DataContracts.SyncFabric.StatusInfo",
        value: JSON.stringify([answered]),
      }
    : { key: JSON.stringify(onDemandSummary(job)), value: JSON.stringify(answered) };
}

/** 5 requests in 10 seconds (Microsoft Graph: synchronizationJob: provisionOnDemand). */
export class OnDemandRate {
  #times: readonly number[] = [];

  /** @throws GraphError 429 */
  count(nowMs: number): void {
    this.#times = this.#times.filter((time) => time > nowMs - 10_000);
    const [first] = this.#times;
    if (this.#times.length >= 5 && first !== undefined) {
      throw new GraphError(429, "TooManyRequests", "Too many requests", {
        "retry-after": String(Math.max(1, Math.ceil((first + 10_000 - nowMs) / 1000))),
      });
    }
    this.#times = [...this.#times, nowMs];
  }
}
