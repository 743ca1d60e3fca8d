/** Bytes thrown at a port: requests that are no HTTP, that contradict themselves, or that end before they are whole. */

import net from "node:net";
import type { Random } from "./random.ts";
import type { Prey } from "./right-requests.ts";

export function brokenBytes(random: Random, prey: Prey): Buffer {
  const text = random.pick(shapes)(random, prey);
  return typeof text === "string" ? Buffer.from(text, "latin1") : text;
}

/**
 * Sends bytes on a connection of their own and says that there is no more, or cuts the connection. Resolves with all
 * that came back once the connection is closed.
 */
export async function throwBytes(port: number, bytes: Buffer, isCut: boolean): Promise<string> {
  return new Promise((resolve) => {
    const socket = net.connect(port, "127.0.0.1");
    let answer = "";
    socket.setEncoding("latin1");
    socket.on("data", (chunk) => {
      answer += String(chunk);
    });
    // A server may close while it is still written to.
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      resolve(answer);
    });
    if (isCut) socket.write(bytes, () => socket.resetAndDestroy());
    else socket.end(bytes);
  });
}

type Shape = (random: Random, prey: Prey) => string | Buffer;

const shapes: readonly Shape[] = [
  ({ below }) => Buffer.from(Array.from({ length: 1 + below(600) }, () => below(256))),
  ({ pick }) =>
    pick([
      "\r\n",
      "\r\n\r\n",
      "\u0000",
      "GET",
      "GET /",
      "GET / HTTP/1.1",
      "x".repeat(100_000),
      "\n".repeat(9_000),
    ]),
  () => "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00FC\u0003\u0003",
  () => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\u0000\u0000\u0000\u0004\u0000\u0000\u0000\u0000\u0000",
  ({ pick }, prey) =>
    head(
      prey,
      `${pick(["GETT", "get", "\u00FF", "P\u0000ST", "A".repeat(9_000), "QUERY"])} ${prey.base}/Users HTTP/1.1`,
    ),
  ({ pick }, prey) =>
    head(
      prey,
      `GET ${prey.base}/Users ${pick(["HTTP/0.9", "HTTP/1.0", "HTTP/3.0", "HTTP/11.1", "HTTP/1.1 x", "http/1.1", "FTP/1"])}`,
    ),
  ({ pick }, prey) =>
    head(
      prey,
      `GET ${prey.base}${pick(["/Users?filter=\u00C3\u0028", "/\u0000", "/Users\\..", "/Us ers", `/${"a".repeat(70_000)}`, "/#"])} HTTP/1.1`,
    ),
  ({ pick }, prey) =>
    head(
      prey,
      pick([
        "OPTIONS * HTTP/1.1",
        "CONNECT example.com:443 HTTP/1.1",
        "GET http://example.com/ HTTP/1.1",
        "GET  HTTP/1.1",
      ]),
    ),
  (random, prey) => head(prey, `GET ${prey.base}/Users?count=1 HTTP/1.1`, random.pick(oddFields)),
  (random, prey) => post(prey, random.pick(oddFramings)),
  ({ pick }, prey) => head(prey, `GET ${prey.base}/Users?count=1 HTTP/1.1`).repeat(pick([2, 30, 200])),
  ({ below }, prey) => {
    const whole = post(prey, ["Content-Length: 30"], '{"userName":"a@example.com",  }');
    return whole.slice(0, below(whole.length));
  },
  ({ below }, prey) => {
    const whole = post(prey, ["Transfer-Encoding: chunked"], '5\r\n{"a":\r\n2\r\n1}\r\n0\r\n\r\n');
    return whole.slice(0, below(whole.length));
  },
];

const oddFields: readonly (readonly string[])[] = [
  [": no name"],
  ["no colon"],
  ["X Y: z"],
  ["X-Folded: a", "  b"],
  ["X-Nul: a\u0000b"],
  ["Host: other.example.com", "Host: third.example.com"],
  ["Authorization: Bearer other"],
  [`X-Long: ${"x".repeat(70_000)}`],
  Array.from({ length: 3_000 }, (_, at) => `X-${at}: y`),
  ["Connection: upgrade", "Upgrade: websocket", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="],
  ["Connection: upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA"],
  ["Expect: 100-continue"],
  ["Expect: the-unexpected"],
  ["Connection: close, keep-alive, \u00FF"],
  ["Content-Length: 5"],
  ["__proto__: x", "constructor: y"],
];

const oddFramings: readonly (readonly string[])[] = [
  ["Content-Length: 2", "Content-Length: 3"],
  ["Content-Length: 2", "Transfer-Encoding: chunked"],
  ["Content-Length: -1"],
  ["Content-Length: 1e3"],
  ["Content-Length: 99999999999999999999"],
  ["Content-Length: 17000000"],
  ["Content-Length: 3000000000"],
  ["Content-Length: 1000000"],
  ["Content-Length: 100", "Expect: 100-continue"],
  ["Transfer-Encoding: chunked, identity"],
  ["Transfer-Encoding: x"],
  ["Transfer-Encoding: chunked"],
  ["Transfer-Encoding: chunked", "Trailer: __proto__"],
  ["Content-Encoding: gzip", "Content-Length: 2"],
];

function head({ token }: Prey, line: string, fields: readonly string[] = []): string {
  return [line, "Host: localhost", `Authorization: Bearer ${token}`, ...fields, "", ""].join("\r\n");
}

function post(
  prey: Prey,
  fields: readonly string[],
  body = "{}\r\nzz\r\nffffffffffffffff\r\n0\r\n__proto__: x\r\n\r\n",
): string {
  const type = "Content-Type: application/scim+json";
  return head(prey, `POST ${prey.base}/Users HTTP/1.1`, [type, ...fields]) + body;
}
