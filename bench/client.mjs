// A SCIM client that costs as little as can be: one undici connection, nothing looked at that is not needed.

import { Pool } from "undici";

/**
 * @param {{ url: string, token: string }} astro
 * `send` gives back status and body, as text; `get` the body of a 200, parsed.
 */
export function connectTo({ url, token }) {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections: 1 });
  const authorization = `Bearer ${token}`;
  const send = async ({ method, path, headers, body }) => {
    const response = await pool.request({
      method,
      path: pathname + path,
      headers: { ...headers, authorization },
      body,
    });
    return { status: response.statusCode, text: await response.body.text() };
  };
  const get = async (path) => {
    const { status, text } = await send({ method: "GET", path });
    if (status !== 200) throw new Error(`GET ${path} was answered ${status}: ${text}`);
    return JSON.parse(text);
  };
  return { send, get, close: () => pool.close() };
}
