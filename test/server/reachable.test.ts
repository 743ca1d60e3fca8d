/** Where a server is reached, by the address that it listens on. */

import { expect, test } from "vitest";
import { reachOf } from "../../src/server/http/reachable.ts";

test.each([
  ["127.0.0.1", "127.0.0.1", "http://127.0.0.1:8888", true],
  ["127.8.9.1", "127.8.9.1", "http://127.8.9.1:8888", true],
  ["::1", "::1", "http://[::1]:8888", true],
  ["localhost", "127.0.0.1", "http://localhost:8888", true],
  ["localhost", "::1", "http://localhost:8888", true],
  ["::ffff:127.0.0.1", "::ffff:127.0.0.1", "http://[::ffff:127.0.0.1]:8888", true],
  ["0.0.0.0", "0.0.0.0", "http://127.0.0.1:8888", false],
  ["0", "0.0.0.0", "http://127.0.0.1:8888", false],
  ["::", "::", "http://[::1]:8888", false],
  ["192.168.1.7", "192.168.1.7", "http://192.168.1.7:8888", false],
  ["fd00::7", "fd00::7", "http://[fd00::7]:8888", false],
  ["build-machine", "10.0.0.7", "http://build-machine:8888", false],
])("%s, which became %s: %s, on this machine alone: %s", (host, address, origin, isLocal) => {
  expect(reachOf(host, { address, port: 8888 })).toEqual({ origin, isLocal });
});
