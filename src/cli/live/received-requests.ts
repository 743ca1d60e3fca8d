/** Requests between two frames: they are only put aside, for there may be thousands. */

import type { LoggedRequest } from "../../server/log/logged-request.ts";
import type { LiveEvent } from "./event.ts";
import { keptLimits, withinLimits } from "./model/kept-requests.ts";
import { LiveRequest } from "./model/live-request.ts";
import { resentHeader } from "./resent-header.ts";

export class ReceivedRequests {
  readonly #mark: string;
  readonly #hide: (text: string) => string;
  #waiting: LiveRequest[] = [];
  #characters = 0;
  #total = 0;
  #failed = 0;

  /** `mark` is what the list puts into what it sends itself. */
  constructor({ mark, hide }: { readonly mark: string; readonly hide: (text: string) => string }) {
    this.#mark = mark;
    this.#hide = hide;
  }

  add(logged: LoggedRequest): void {
    this.#total += 1;
    const isResent = logged.header(resentHeader) === this.#mark;
    const request = new LiveRequest(logged, { number: this.#total, isResent, hide: this.#hide });
    if (request.isFailed) this.#failed += 1;
    this.#waiting.push(request);
    this.#characters += logged.characters;
    if (this.#waiting.length < 2 * keptLimits.requests && this.#characters < 2 * keptLimits.characters)
      return;
    this.#waiting = [...withinLimits(this.#waiting)];
    this.#characters = this.#waiting.reduce((sum, one) => sum + one.logged.characters, 0);
  }

  /** What came since the last time; undefined where nothing did. */
  take(): LiveEvent | undefined {
    if (this.#waiting.length === 0) return undefined;
    const requests = this.#waiting;
    this.#waiting = [];
    this.#characters = 0;
    return { kind: "requests", requests, total: this.#total, failed: this.#failed };
  }
}
