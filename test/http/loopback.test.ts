import { describe, expect, test } from "vitest";

import { isLoopbackHost, requireSafeTransport } from "../../src/http/loopback.ts";

describe("what is this machine", () => {
  test.each([
    ["http://localhost", true],
    ["http://LOCALHOST:8888", true],
    ["http://127.0.0.1", true],
    ["http://127.255.0.9", true],
    ["http://127.1", true],
    ["http://0x7f000001", true],
    ["http://[::1]", true],
    ["http://[0:0:0:0:0:0:0:1]", true],
    ["http://0.0.0.0", false],
    ["http://[::]", false],
    ["http://localhost.example.com", false],
    ["http://evil.localhost", false],
    ["http://127.0.0.1.example.com", false],
    ["http://128.0.0.1", false],
    ["http://10.0.0.1", false],
    ["http://[::ffff:10.0.0.1]", false],
    ["https://api.astronomer.io", false],
  ])("%s: %s", (url, expected) => {
    expect(isLoopbackHost(new URL(url).hostname)).toBe(expected);
  });
});

describe("where a token may be sent", () => {
  test.each(["https://h.example", "https://127.0.0.1", "http://127.0.0.1", "http://localhost:8888"])(
    "%s",
    (url) => {
      expect(() => requireSafeTransport(new URL(url))).not.toThrow();
    },
  );

  test.each(["http://h.example", "http://192.168.1.2:8888", "ftp://127.0.0.1"])("not %s", (url) => {
    const refusal = expect.objectContaining({ code: "refused", hint: expect.stringContaining("https://") });
    expect(() => requireSafeTransport(new URL(url))).toThrow(refusal);
  });
});
