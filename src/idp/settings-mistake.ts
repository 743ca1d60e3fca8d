/** What is wrong in the settings of an app: each mistake by itself, where a compiled mapping has one error. */

import { AppError } from "../ground/errors.ts";

export interface SettingsMistake {
  /** Where it is in the fixture, below `app`. */
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly hint?: string;
}

/** How mistakes are looked for. */
export interface MistakeSearch {
  /** Whether the directory has all attributes that anybody has; otherwise it is not asked which ones there are. */
  readonly namesAreKnown: boolean;
}

/** The mistake that a part of the settings has, if any: what `compile` throws. */
export function mistakeAt(path: SettingsMistake["path"], compile: () => unknown): readonly SettingsMistake[] {
  try {
    compile();
    return [];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { message, hint } = error;
    return [{ path, message, ...(hint === undefined ? {} : { hint }) }];
  }
}
