/** What a job keeps beside its schema: credentials of the target, and settings that Graph calls secrets too. */

import * as z from "zod";
import { carriesEntraFlag } from "../../../astro/address.ts";
import type { EntraAppSettings } from "../../../directory/entra-app-settings.ts";
import { badRequest } from "../graph-error.ts";
import type { ProvisioningTarget, TargetCredentials } from "../options.ts";

const pairs = z.array(z.looseObject({ key: z.string().min(1), value: z.string().nullish() }));

/** @throws GraphError 400 */
export function readSecrets(value: unknown): ReadonlyMap<string, string> {
  const read = pairs.safeParse(value);
  if (!read.success) throw badRequest("The secrets must be a list of keys with values.");
  return new Map(read.data.map(({ key, value: secret }) => [key, secret ?? ""]));
}

/** The settings that some of the secrets are; the rest stays as it is. */
export function settingsWithSecrets(
  settings: EntraAppSettings,
  secrets: ReadonlyMap<string, string>,
): EntraAppSettings {
  const address = secrets.get("BaseAddress");
  const syncAll = secrets.get("SyncAll");
  const skip = secrets.get("SkipOutOfScopeDeletions");
  const notifications = secrets.get("SyncNotificationSettings");
  const flag = settings.integration === "gallery" ? false : carriesEntraFlag(address ?? "");
  return {
    ...settings,
    ...(address === undefined ? {} : { flag }),
    ...(syncAll === undefined ? {} : { scope: isTrue(syncAll) ? ("all" as const) : ("assigned" as const) }),
    ...(skip === undefined ? {} : { skipOutOfScopeDeletions: isTrue(skip) }),
    ...(notifications === undefined ? {} : { accidentalDeletionThreshold: thresholdIn(notifications) }),
  };
}

/** Those that are there now; what is not named stays as it was saved. */
export function savedCredentials(
  { baseAddress, secretToken }: TargetCredentials,
  secrets: ReadonlyMap<string, string>,
): TargetCredentials {
  return {
    baseAddress: secrets.get("BaseAddress") ?? baseAddress,
    secretToken: secrets.get("SecretToken") ?? secretToken,
  };
}

/** The credentials as they were saved last. */
export class SavedCredentials {
  readonly target: ProvisioningTarget | undefined;
  #current: TargetCredentials | undefined;

  constructor(target: ProvisioningTarget | undefined) {
    this.target = target;
    this.#current = target?.saved;
  }

  get current(): TargetCredentials | undefined {
    return this.#current;
  }

  save(secrets: ReadonlyMap<string, string>): void {
    if (this.target === undefined || this.#current === undefined) return;
    if (!secrets.has("BaseAddress") && !secrets.has("SecretToken")) return;
    this.#current = savedCredentials(this.#current, secrets);
    this.target.onSaved?.(this.#current);
  }
}

function isTrue(text: string): boolean {
  return text.trim().toLowerCase() === "true";
}

const notificationSettings = z.looseObject({
  DeleteThresholdEnabled: z.boolean().optional(),
  DeleteThresholdValue: z.number().int().min(1).optional(),
});

function thresholdIn(text: string): number | undefined {
  const read = notificationSettings.safeParse(jsonIn(text));
  if (!read.success) throw badRequest("SyncNotificationSettings must be a JSON object.");
  const { DeleteThresholdEnabled: isOn = false, DeleteThresholdValue: value } = read.data;
  return isOn ? (value ?? 500) : undefined;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
