/** A secret is found however a server spells it, and JSON in which it stood stays JSON. */

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { hideSecrets } from "../../src/wire/hide-secrets.ts";
import { redactExchange } from "../../src/wire/redact.ts";
import { secretFinder } from "../../src/wire/secret-finder.ts";
import { exchangeWith } from "../support/exchange-with.ts";
import { everySpelling, mixedSpelling } from "../support/spellings.ts";

const secret = 'Ab/c+d="e\\f&g<h>i%2Fj~k.l-m_n';
const hide = (text: string, ...secrets: readonly string[]) => hideSecrets(text, secretFinder(secrets));

/** What `cleanToken` lets through. */
const visible = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
  minLength: 6,
  maxLength: 60,
});

describe("in any spelling", () => {
  test.each(everySpelling)("%s", (_name, spell) => {
    expect(hide(`before ${spell(secret)} behind`, secret)).toBe("before [redacted] behind");
  });

  test.each(everySpelling)("%s, within a URL in an attribute in a message", (_name, spell) => {
    const nested = JSON.stringify(`<a href="/x?y=${encodeURIComponent(spell(secret))}&amp;z">`);
    expect(hide(nested, secret)).not.toContain(encodeURIComponent(spell(secret)));
    expect(hide(nested, secret)).toContain("[redacted]");
  });

  test.each(["", "a", "ab", "user:", "Bearer ", "äö"])("Base64 behind %j", (before) => {
    const bytes = Buffer.from(`${before}${secret} and more`);
    const core = Buffer.from(secret).toString("base64").slice(4, -4);
    for (const encoding of ["base64", "base64url"] as const) {
      const shown = hide(`x ${bytes.toString(encoding)} y`, secret);
      expect(shown).toMatch(/^x \w{0,12}\[redacted\][\w+/=-]{0,20} y$/);
      expect(shown).not.toContain(core);
    }
  });

  test("any token, each character spelt in a way of its own", () => {
    fc.assert(
      fc.property(visible, fc.infiniteStream(fc.nat(1000)), (token, choices) => {
        expect(hide(`<${mixedSpelling(token, choices)}>`, token)).toBe("<[redacted]>");
      }),
    );
  });

  test("shortened with an ellipsis", () => {
    expect(hide(`was "${secret.slice(0, 20)}… and so on`, secret)).toBe('was "[redacted]… and so on');
    expect(hide("a company of the Abc… kind", secret)).toBe("a company of the Abc… kind");
  });

  test("one that is itself written with escapes", () => {
    const escaped = String.raw`tok%41en\u0042&amp;x`;
    expect(hide(`a ${escaped} b ${encodeURIComponent(escaped)} c`, escaped)).toBe(
      "a [redacted] b [redacted] c",
    );
  });

  test("a password with line breaks, in JSON", () => {
    expect(hide(JSON.stringify({ detail: "no pass\nword\t1 here" }), "pass\nword\t1")).toBe(
      '{"detail":"no [redacted] here"}',
    );
  });

  test("behind a backslash that makes a control character of its first letter", () => {
    for (const behind of ["\\", "\\\\"]) {
      expect(hide(`${behind}nightfall%2Fx`, "nightfall/x")).toMatch(/^\\*\[redacted\]$/);
    }
  });

  test("two that overlap", () => {
    expect(hide("x secret-extended y", "secret", "secret-extended")).toBe("x [redacted] y");
  });
});

describe("and nothing else", () => {
  test("a secret of five characters is not looked for", () => {
    expect(hide("token token", "token")).toBe("token token");
  });

  test("nor one that is shorter once its own escapes are undone", () => {
    expect(hide("ab %61%62", "%61%62")).toBe("ab [redacted]");
  });

  test("a text without it is the very same, whatever escapes stand in it", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(hide(text, "never-in-there")).toBe(text);
      }),
    );
  });
});

describe("JSON stays JSON", () => {
  test("whatever the token, and wherever its characters turn up", () => {
    const token = fc.oneof(
      visible,
      fc.constantFrom(
        "123456",
        '"name":',
        '","name',
        "\\n\\n\\n\\n",
        'abcde"',
        "abcdef\\",
        "nightfall",
        "u0041bcd",
      ),
    );
    const near = token.chain((one) =>
      fc.record({
        token: fc.constant(one),
        value: fc.dictionary(
          fc.constantFrom("name", one, `${one}"`, `\n${one}`),
          fc.oneof(
            fc.constantFrom(one, `\\${one}`, `\n${one.slice(1)}`, `${one}\\`, 1_234_567, true, null),
            fc.jsonValue(),
          ),
        ),
      }),
    );
    fc.assert(
      fc.property(near, fc.constantFrom(undefined, 2), ({ token: one, value }, indent) => {
        const shown = hide(JSON.stringify(value, null, indent), one);
        expect(() => JSON.parse(shown)).not.toThrow();
      }),
      { numRuns: 1000 },
    );
  });

  test("where a secret begins or ends within an escape of JSON's own", () => {
    expect(hide(JSON.stringify({ a: "x\nightfall" }), "nightfall")).toBe('{"a":"x[redacted]"}');
    expect(hide(JSON.stringify({ a: "x\u001B[2J" }), "u001b[2J")).toBe('{"a":"x[redacted]"}');
    expect(hide(JSON.stringify({ a: 'abcdef" x' }), "abcdef\\")).toBe('{"a":"[redacted] x"}');
  });

  test("one value on each line", () => {
    const lines = `${JSON.stringify({ a: "x 123456" })}\n${JSON.stringify({ b: 123_456 })}\n`;
    expect(hide(lines, "123456")).toBe('{"a":"x [redacted]"}\n{"b":123456}\n');
  });

  test("a text that only begins like it is text", () => {
    expect(hide("[x] 123456", "123456")).toBe("[x] [redacted]");
    expect(hide("123456", "123456")).toBe("[redacted]");
  });
});

describe("in what is traced and recorded", () => {
  test.each(everySpelling)("a success that echoes it at any depth, in names too: %s", (_name, spell) => {
    const echo = spell(secret);
    const json = {
      Resources: [{ displayName: `x ${echo}`, emails: [{ value: echo, [echo]: { [echo]: echo } }] }],
    };
    const parsed = redactExchange(exchangeWith({ json, text: JSON.stringify(json) }), [secret]);
    const plain = redactExchange(exchangeWith({ text: `<p>${echo}</p>`, headers: { etag: echo } }), [secret]);
    for (const shown of [parsed, plain]) {
      expect(JSON.stringify(shown)).not.toContain(JSON.stringify(echo).slice(1, -1));
      expect(JSON.stringify(shown)).toContain("[redacted]");
    }
  });
});
