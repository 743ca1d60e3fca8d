/** Which settings of the app differ, each under its own name. */

import type { AppSettings } from "../../directory/app-settings.ts";

export interface ChangedSetting {
  readonly name: string;
  readonly value: unknown;
}

/** In the order in which the settings have them. */
export function changedSettings(before: AppSettings, after: AppSettings): readonly ChangedSetting[] {
  // Settings are plain data, and what stays as it is keeps its order.
  const texts = new Map(Object.entries(before).map(([name, value]) => [name, JSON.stringify(value)]));
  return Object.entries(after)
    .filter(([name, value]) => texts.get(name) !== JSON.stringify(value))
    .map(([name, value]) => ({ name, value }));
}
