/** The directory as it was some requests or some time ago: Okta's lists and searches are eventually consistent. */

import type { Directory } from "../../directory/directory.ts";
import type { Company } from "../company/company.ts";
import type { OktaSwitches } from "./switches.ts";

/** Directories that are remembered, one for each request. */
const mostRequests = 1000;

export class LaggingDirectory {
  readonly #company: Company;
  readonly #switches: OktaSwitches;
  /** As it was at each of the last requests. */
  readonly #seen: Directory[] = [];

  constructor(company: Company, switches: OktaSwitches) {
    this.#company = company;
    this.#switches = switches;
    this.#seen.push(company.directory());
  }

  /** A request has come. */
  note(): void {
    this.#seen.push(this.#company.directory());
    if (this.#seen.length > mostRequests) this.#seen.shift();
  }

  shown(): Directory {
    const { requests = 0, ms = 0 } = this.#switches.lag;
    if (requests > 0)
      return this.#seen[Math.max(0, this.#seen.length - 1 - requests)] ?? this.#company.directory();
    if (ms <= 0) return this.#company.directory();
    const moment = this.#company.now().getTime() - ms;
    for (const event of this.#company.events()) {
      if (event.kind === "action" && event.at.getTime() > moment) return event.before;
    }
    return this.#company.directory();
  }
}
