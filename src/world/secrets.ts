/** What a command must not show, as it becomes known. */

import { hideSecrets } from "../wire/hide-secrets.ts";
import { secretFinder, type SecretFinder } from "../wire/secret-finder.ts";

export interface Secrets {
  /** From now on none of the values is shown on either stream. */
  hide(values: readonly string[]): void;
  /** Lets one value be seen in what `write` writes: the token that `serve` lets in. */
  showing(value: string, write: () => void): void;
  /** The text without them: for what is broken into lines before it is written. */
  readonly without: (text: string) => string;
  /** Finds those that are known by now; undefined where there are none. */
  finder(): SecretFinder | undefined;
}

export function createSecrets(): Secrets {
  let known: ReadonlySet<string> = new Set();
  let found: { readonly finder: SecretFinder | undefined } | undefined;
  const become = (values: ReadonlySet<string>): void => {
    known = values;
    found = undefined;
  };
  const finder = (): SecretFinder | undefined => {
    found ??= { finder: secretFinder([...known]) };
    return found.finder;
  };
  return {
    hide: (values) => {
      if (values.some((value) => !known.has(value))) become(new Set([...known, ...values]));
    },
    showing: (value, write) => {
      const before = known;
      become(new Set([...known].filter((one) => one !== value)));
      try {
        write();
      } finally {
        become(before);
      }
    },
    without: (text) => hideSecrets(text, finder()),
    finder,
  };
}
