/** The requests that an emulator has received, without secrets. */

/** Neither Authorization, nor cookies, nor bodies: they may hold secrets. */
export interface ReceivedRequest {
  /** From 1. */
  readonly number: number;
  readonly at: Date;
  readonly method: string;
  /** Decoded, without the query. */
  readonly path: string;
  /** As it was sent, without the question mark. */
  readonly query: string;
  /** Names in lower case; only those that say how the answer should be. */
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined until it is answered, and where the connection was cut. */
  readonly status: number | undefined;
}

const keptHeaders = [
  "accept",
  "client-request-id",
  "consistencylevel",
  "content-type",
  "if-match",
  "prefer",
  "user-agent",
  "x-ms-throttle-priority",
];

/** A list of bounded length: the oldest go first. */
export class ReceivedRequests {
  readonly #keep: number;
  readonly #requests: { -readonly [Key in keyof ReceivedRequest]: ReceivedRequest[Key] }[] = [];
  #count = 0;

  constructor(keep: number) {
    this.#keep = keep;
  }

  /** Notes a request; the function it gives back notes the status of the answer. */
  add(
    request: Pick<ReceivedRequest, "at" | "method" | "path" | "query">,
    headers: Readonly<Record<string, string | undefined>>,
  ): { readonly received: ReceivedRequest; readonly answered: (status: number) => void } {
    this.#count += 1;
    const received = {
      ...request,
      number: this.#count,
      headers: harmless(headers),
      status: undefined as number | undefined,
    };
    this.#requests.push(received);
    if (this.#requests.length > this.#keep) this.#requests.shift();
    return {
      received,
      answered: (status) => {
        received.status = status;
      },
    };
  }

  all(): readonly ReceivedRequest[] {
    return this.#requests.map((request) => ({ ...request }));
  }
}

function harmless(headers: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    keptHeaders.flatMap((name) => {
      const value = headers[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
