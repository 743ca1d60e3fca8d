/** No test may reach beyond this machine: a connection to anything but loopback fails at once. */

import net from "node:net";

const connect = net.Socket.prototype.connect;

function hostOf(args: unknown[]): string | undefined {
  const [first, second] = args.flat() as [unknown, unknown];
  if (typeof first === "object" && first !== null) {
    const options = first as { host?: string; path?: string };
    return options.path === undefined ? (options.host ?? "localhost") : undefined;
  }
  if (typeof first === "number") return typeof second === "string" ? second : "localhost";
  return undefined;
}

net.Socket.prototype.connect = function guarded(this: net.Socket, ...args: unknown[]) {
  const host = hostOf(args);
  if (host !== undefined && !/^(localhost|127\.\d+\.\d+\.\d+|::1)$/.test(host)) {
    throw new Error(`a test tried to connect to ${host}; tests stay on loopback`);
  }
  return Reflect.apply(connect, this, args) as net.Socket;
} as typeof connect;
