/**
 * The live list of `serve`: joins the terminal to the state. Keys and requests become events (update.ts), the state becomes
 * lines (view/frame.ts), and what the state asks for is done here.
 */

import type { ChalkInstance } from "chalk";
import type { FaultControl } from "../../server/faults/faults.ts";
import type { LoggedRequest } from "../../server/log/logged-request.ts";
import type { Io, OutputStream } from "../../world/io.ts";
import type { LiveEffect, LiveEvent } from "./event.ts";
import { curlCommand } from "./model/curl.ts";
import { faultMenu } from "./model/fault-menu.ts";
import { keyName, type KeyPress } from "./model/key-press.ts";
import type { LiveRequest } from "./model/live-request.ts";
import { initialState, type Connection, type LiveState, type Size } from "./model/state.ts";
import { ReceivedRequests } from "./received-requests.ts";
import { sendAgain } from "./send-again.ts";
import { FrameRate } from "./terminal/frame-rate.ts";
import { listenToKeys } from "./terminal/keyboard.ts";
import { Screen } from "./terminal/screen.ts";
import { update } from "./update.ts";
import { frame } from "./view/frame.ts";
import { painted } from "./view/line.ts";

export interface LiveServer {
  /** SCIM base URL. */
  readonly url: string;
  readonly token: string;
  readonly faults: FaultControl;
}

export class LiveList {
  readonly #io: Io;
  readonly #paint: ChalkInstance;
  readonly #screen: Screen;
  readonly #mark: string;
  readonly #received: ReceivedRequests;
  readonly #frames: FrameRate;
  readonly #ended = new AbortController();
  #shown: { state: LiveState; readonly server: LiveServer } | undefined;
  #isPrinting = false;
  /** What is written to standard error while the screen is open. */
  #aside: string[] = [];
  #release: readonly (() => void)[] = [];

  constructor(io: Io, paint: ChalkInstance) {
    this.#io = io;
    this.#paint = paint;
    this.#screen = new Screen(io);
    this.#mark = io.random.uuid();
    this.#received = new ReceivedRequests({ mark: this.#mark, hide: io.secrets.without });
    this.#frames = new FrameRate(io, () => this.#draw());
  }

  /** Aborted once the user stops the server. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  /** Of the server; cheap, however many there are. */
  readonly onReceived = (request: LoggedRequest): void => {
    this.#received.add(request);
    if (this.#shown !== undefined && !this.#isPrinting) this.#frames.request();
  };

  /** Standard error that waits until the screen is closed; the last line says that there is something. */
  get stderr(): OutputStream {
    const { stderr } = this.#io;
    return {
      write: (text) => {
        if (this.#shown === undefined) return stderr.write(text);
        this.#putAside(text);
        return true;
      },
      draw: (text) => stderr.draw(text),
      isTTY: stderr.isTTY,
      columns: stderr.columns,
      rows: stderr.rows,
    };
  }

  /** Takes the terminal over until `close`. */
  open(server: LiveServer, connection: Connection): void {
    const faults = server.faults.list();
    const state = initialState({ size: this.#size(), connection, faults, knownFaults: faultMenu(faults) });
    this.#shown = { state, server };
    this.#screen.open();
    this.#release = [
      this.#io.onResize(() => this.#resized()),
      listenToKeys(this.#io.stdin, {
        onKey: (key) => this.#pressed(key),
        onEnd: () => this.#ended.abort(),
      }),
    ];
    this.#frames.request();
  }

  /** Gives the terminal back as it was. */
  close(): void {
    if (this.#shown === undefined) return;
    this.#shown = undefined;
    this.#frames.stop();
    this.#ended.abort();
    for (const release of this.#release) release();
    this.#screen.close();
    for (const text of this.#aside) this.#io.stderr.write(text);
    this.#aside = [];
  }

  #pressed(key: KeyPress): void {
    const onlyLeadsBack = this.#isPrinting && keyName(key) !== "ctrl-c";
    if (this.#isPrinting) this.#backToList();
    if (!onlyLeadsBack) this.#handle({ kind: "key", key });
  }

  #handle(event: LiveEvent): void {
    if (this.#shown === undefined) return;
    const { state, effect } = update(this.#shown.state, event);
    this.#shown.state = state;
    if (effect !== undefined) this.#carryOut(effect, this.#shown.server);
    if (!this.#isPrinting) this.#frames.request();
  }

  #carryOut(effect: LiveEffect, server: LiveServer): void {
    switch (effect.kind) {
      case "quit":
        this.#ended.abort();
        return;
      case "redraw":
        this.#screen.clear();
        return;
      case "send-again":
        this.#sendAgain(effect.request, server);
        return;
      case "print-curl":
        this.#print(curlCommand(new URL(server.url).origin, effect.request.logged.exchange()));
        return;
      case "show-shell":
        this.#print([]);
        return;
      case "change-faults":
        server.faults.change(effect.faults);
        return;
    }
  }

  #sendAgain(request: LiveRequest, { url, token }: LiveServer): void {
    const original = request.logged.original();
    if (original === undefined) return;
    const { origin } = new URL(url);
    const { timers } = this.#io;
    void sendAgain(original, { origin, token, mark: this.#mark, timers, signal: this.#ended.signal });
    const { method, path } = request.words();
    const change = original.isRedacted ? ', with "[redacted]" in place of its secrets' : "";
    this.#handle({ kind: "notice", text: `Sent again${change}: ${method} ${path}` });
  }

  /** On the screen of the shell, where it can be copied as a whole and stays when the server has stopped. */
  #print(lines: readonly string[]): void {
    this.#isPrinting = true;
    this.#frames.stop();
    this.#screen.close();
    const text = this.#io.secrets.without(lines.join("\n"));
    this.#io.stdout.write(`${text}\n\n${this.#paint.dim("Press any key to return to the list.")}\n`);
  }

  #backToList(): void {
    this.#isPrinting = false;
    this.#screen.open();
    this.#frames.request();
  }

  #putAside(text: string): void {
    // Only the first ones are kept, in case it runs for weeks.
    if (this.#aside.length < mostAside) this.#aside.push(text);
    const [first = ""] = text.trim().split("\n");
    this.#handle({ kind: "notice", text: first });
  }

  #resized(): void {
    this.#screen.clear();
    this.#handle({ kind: "resize", size: this.#size() });
  }

  #size(): Size {
    const { columns = 80, rows = 24 } = this.#io.stdout;
    return { columns, rows };
  }

  #draw(): void {
    if (this.#shown === undefined) return;
    const { server } = this.#shown;
    const received = this.#received.take();
    const events: readonly LiveEvent[] = [
      ...(received === undefined ? [] : [received]),
      { kind: "faults", faults: server.faults.list() },
    ];
    for (const event of events) this.#shown.state = update(this.#shown.state, event).state;
    this.#screen.draw(frame(this.#shown.state).map((line) => painted(line, this.#paint)));
  }
}

const mostAside = 100;
