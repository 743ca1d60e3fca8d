/** Which requests a command shows while it sends them, and how much of each. */

import type { ChalkInstance } from "chalk";
import type { RunEvent } from "../../idp/run/events.ts";
import { nameList } from "../../ground/text/name-list.ts";
import { printable } from "../../ground/text/printable.ts";
import { exchangeBodyLines, exchangeLine } from "../../report/exchange-text.ts";
import { ExchangesAbout } from "../../report/exchange-about.ts";
import type { Exchange } from "../../wire/exchange.ts";

/** Flags that show requests; any of them is enough. */
export interface RequestFlags {
  /** A line for each, with those of astro-scim itself. */
  readonly verbose?: boolean;
  /** With what was sent and answered. */
  readonly bodies?: boolean;
  /** Only those about these users and Teams. */
  readonly only?: readonly string[];
  /** Only those of this step of the timeline, by name or number, or `start`. */
  readonly step?: string;
  /** Of `trigger`: all of the provider's are shown, and kept for the result. */
  readonly keepsRequests?: boolean;
}

/** A request of the provider that was shown, and whether a step of the timeline led to it. */
export interface KeptRequest {
  readonly exchange: Exchange;
  readonly isOfStep: boolean;
}

/** Whether more is asked for than lines on standard error. */
export function showsChosenRequests({ bodies, only, step, keepsRequests }: RequestFlags): boolean {
  return bodies === true || only !== undefined || step !== undefined || keepsRequests === true;
}

export interface RequestDisplayOptions {
  readonly paint: ChalkInstance;
  /** Whether what no provider sends is marked. */
  readonly marksOwn: boolean;
  readonly writeLine: (line: string) => void;
}

/** What `--only` and `--step` leave out is sent all the same. */
export class RequestDisplay {
  readonly #flags: RequestFlags;
  readonly #options: RequestDisplayOptions;
  readonly #about: ExchangesAbout | undefined;
  /** Where the timeline is; undefined between two steps. */
  #step: readonly string[] | undefined = ["start"];
  #cycles = 0;
  #shown = 0;
  readonly #kept: KeptRequest[] = [];

  constructor(flags: RequestFlags, options: RequestDisplayOptions) {
    this.#flags = flags;
    this.#options = options;
    this.#about = flags.only === undefined ? undefined : new ExchangesAbout(flags.only);
  }

  /** Ids that the provider remembers: what it sends by them names nobody. */
  remember(known: readonly { readonly name: string; readonly id: string }[]): void {
    this.#about?.remember(known);
  }

  /** Told of what happens, as it happens. */
  note(event: RunEvent): void {
    if (event.kind === "step-started") this.#step = [event.name, String(event.number)];
    if (event.kind === "step-finished") this.#step = undefined;
    if (event.kind === "cycle-started" || event.kind === "idle-cycles") {
      // The first cycle is the first provisioning; what runs after it, and before a step, belongs to none.
      this.#cycles += 1;
      if (this.#cycles > 1 && this.#step?.[0] === "start") this.#step = undefined;
    }
  }

  readonly show = (exchange: Exchange): void => {
    if (this.#flags.keepsRequests === true && exchange.source === "provider") {
      this.#kept.push({ exchange, isOfStep: this.#step !== undefined && this.#step[0] !== "start" });
    }
    if (!this.#isWanted(exchange)) return;
    this.#shown += 1;
    const { paint, writeLine } = this.#options;
    writeLine(exchangeLine(exchange, this.#options));
    if (this.#flags.bodies !== true) return;
    for (const line of exchangeBodyLines(exchange, paint)) writeLine(line);
  };

  #isWanted(exchange: Exchange): boolean {
    const { verbose, step } = this.#flags;
    // It learns ids from what is not shown, too.
    const isAbout = this.#about?.includes(exchange) ?? true;
    const isInStep = step === undefined || this.#step?.includes(step) === true;
    const isProviders = exchange.source !== "astro-scim" || verbose === true;
    return isAbout && isInStep && isProviders;
  }

  kept(): readonly KeptRequest[] {
    return this.#kept;
  }

  /** Why nothing, or less than was asked for, is to be seen. */
  remark(): string | undefined {
    const unmet = this.#about?.unmet() ?? [];
    if (unmet.length > 0) return `No request was about ${printable(nameList(unmet))}.`;
    if (this.#shown > 0 || !showsChosenRequests(this.#flags)) return undefined;
    return "No request was sent that --only and --step ask for.";
  }
}
