/** Where a server that listens on an address is reached, and by whom. */

import { isIPv6 } from "node:net";

export interface Reach {
  /** `http://127.0.0.1:8888`, as a client on this machine uses it. */
  readonly origin: string;
  /** Whether only this machine can reach it. */
  readonly isLocal: boolean;
}

/**
 * `host` is as it was asked for, and `address` what it became: a name may stand for any address, and the two that mean
 * "every address of this machine" are none that a client can connect to.
 */
export function reachOf(
  host: string,
  { address, port }: { readonly address: string; readonly port: number },
): Reach {
  const name = clientAddresses[address] ?? host;
  return {
    origin: `http://${isIPv6(name) ? `[${name}]` : name}:${port}`,
    isLocal: isLoopback(address),
  };
}

const clientAddresses: Readonly<Record<string, string>> = { "0.0.0.0": "127.0.0.1", "::": "::1" };

function isLoopback(address: string): boolean {
  return address === "::1" || /^(?:::ffff:)?127\./i.test(address);
}
