/** Carries out the operations of a bulk request, each as if it had come alone (RFC 7644 §3.7). */

import { planBulk } from "../../../scim/bulk/plan.ts";
import { bulkIdsIn, withIds } from "../../../scim/bulk/references.ts";
import { readBulkOperation, type BulkOperation, type BulkRequest } from "../../../scim/bulk/request.ts";
import { ScimError } from "../../../scim/error.ts";
import type { ServerRequest } from "../../api/message.ts";
import type { Organization } from "../organization.ts";
import { bulkCall } from "./call.ts";
import { bulkFailure, bulkSuccess, type BulkResult } from "./result.ts";

/**
 * The results, in the order of the request. An operation that fails keeps none of the others from being carried out,
 * but those that refer to what it was to make; where `failOnErrors` of them have failed, no more is done, and what was
 * not done has no result.
 */
export async function runBulk(
  bulk: BulkRequest,
  organization: Organization,
  request: ServerRequest,
): Promise<readonly BulkResult[]> {
  const run = new BulkRun(bulk, organization, request);
  const most = bulk.failOnErrors ?? Number.POSITIVE_INFINITY;
  for (const group of run.plan()) {
    if (run.errors >= most) break;
    await run.carryOut(group);
    await organization.yieldToOthers();
  }
  return run.results();
}

/** An operation, or why it is none. */
type Step =
  | { readonly submitted: unknown; readonly operation: BulkOperation }
  | { readonly submitted: unknown; readonly error: ScimError };

class BulkRun {
  readonly #organization: Organization;
  readonly #request: ServerRequest;
  readonly #steps: readonly Step[];
  /** Which step makes what a bulkId names. */
  readonly #makers = new Map<string, number>();
  /** The ids of what was made, or is promised to be made. */
  readonly #ids = new Map<string, string>();
  readonly #results = new Map<number, BulkResult>();

  constructor({ operations }: BulkRequest, organization: Organization, request: ServerRequest) {
    this.#organization = organization;
    this.#request = request;
    this.#steps = operations.map((submitted, index) => this.#read(submitted, index));
  }

  get errors(): number {
    return [...this.#results.values()].filter(({ isError }) => isError).length;
  }

  plan(): readonly (readonly number[])[] {
    return planBulk(this.#steps.length, (index) => this.#needs(index));
  }

  results(): readonly BulkResult[] {
    const inOrder = [...this.#results].toSorted(([a], [b]) => a - b);
    return inOrder.map(([, result]) => result);
  }

  async carryOut(group: readonly number[]): Promise<void> {
    const [first] = group;
    const isCircle = group.length > 1 || (first !== undefined && this.#needs(first).includes(first));
    if (isCircle) await this.#carryOutCircle(group);
    else for (const index of group) this.#results.set(index, await this.#carryOutOne(index));
  }

  #read(submitted: unknown, index: number): Step {
    try {
      const operation = readBulkOperation(submitted);
      const { method, bulkId } = operation;
      if (method !== "POST" || bulkId === undefined) return { submitted, operation };
      if (this.#makers.has(bulkId)) {
        throw new ScimError("invalidValue", `Two operations have the bulkId ${bulkId.slice(0, 100)}.`);
      }
      this.#makers.set(bulkId, index);
      return { submitted, operation };
    } catch (error) {
      if (error instanceof ScimError) return { submitted, error };
      throw error;
    }
  }

  #needs(index: number): readonly number[] {
    const step = this.#steps[index];
    if (step === undefined || "error" in step) return [];
    const { path, data } = step.operation;
    return [...bulkIdsIn([path, data])].flatMap((bulkId) => this.#makers.get(bulkId) ?? []);
  }

  /** `newId` where the id of what is made has been promised. */
  async #carryOutOne(index: number, newId?: string): Promise<BulkResult> {
    const step = this.#steps[index];
    if (step === undefined) throw new RangeError(`there is no operation ${index}`);
    const { submitted } = step;
    let path: string | undefined;
    try {
      if ("error" in step) throw step.error;
      const { bulkId } = step.operation;
      const call = bulkCall(this.#resolved(step.operation), this.#request, newId);
      ({ path } = call);
      const answer = await call.handler(this.#organization, call.request);
      const result = bulkSuccess(submitted, answer, this.#locationOf(path));
      if (bulkId !== undefined && result.madeId !== undefined) this.#ids.set(bulkId, result.madeId);
      return result;
    } catch (error) {
      if (error instanceof ScimError) return bulkFailure(submitted, error, this.#locationOf(path));
      throw error;
    }
  }

  /**
   * RFC 7644 §3.7.1: each is promised an id before it is made, so that the others can refer to it. Where one fails, the
   * others would refer to a missing resource, and are undone: all resources of a circle are created, or none.
   */
  async #carryOutCircle(circle: readonly number[]): Promise<void> {
    const promises = new Map(circle.map((index) => [index, this.#organization.newId()]));
    for (const [bulkId, maker] of this.#makers) {
      const id = promises.get(maker);
      if (id !== undefined) this.#ids.set(bulkId, id);
    }
    const results = new Map<number, BulkResult>();
    for (const [index, id] of promises) results.set(index, await this.#carryOutOne(index, id));
    const isWhole = [...results].every(([index, { madeId }]) => madeId === promises.get(index));
    for (const [index, result] of results) {
      this.#results.set(index, isWhole ? result : await this.#takenBack(index, result, promises.get(index)));
    }
  }

  async #takenBack(index: number, result: BulkResult, promised: string | undefined): Promise<BulkResult> {
    const step = this.#steps[index];
    if (step === undefined || "error" in step) return result;
    if (step.operation.bulkId !== undefined) this.#ids.delete(step.operation.bulkId);
    if (result.madeId !== undefined && result.madeId === promised) {
      const path = `${step.operation.path.replace(/\/$/, "")}/${promised}`;
      const call = bulkCall({ ...step.operation, method: "DELETE", path }, this.#request);
      await call.handler(this.#organization, call.request);
    }
    const why = result.isError ? `: ${result.detail}` : "";
    const error = new ScimError(409, `circular bulkId references could not be resolved${why}`);
    return bulkFailure(step.submitted, error, undefined);
  }

  /** @throws ScimError invalidValue for a bulkId that no POST has; 409 where that POST failed. */
  #resolved(operation: BulkOperation): BulkOperation {
    const findId = (bulkId: string): string => {
      const id = this.#ids.get(bulkId);
      if (id !== undefined) return id;
      const name = bulkId.slice(0, 100);
      if (!this.#makers.has(bulkId)) {
        throw new ScimError("invalidValue", `bulkId:${name} does not match a POST in this request.`);
      }
      throw new ScimError(409, `bulkId:${name} refers to a POST that failed.`);
    };
    const path = withIds(operation.path, findId);
    return { ...operation, path: String(path), data: withIds(operation.data, findId) };
  }

  #locationOf(path: string | undefined): string | undefined {
    return path === undefined ? undefined : this.#organization.baseUrl + path;
  }
}
