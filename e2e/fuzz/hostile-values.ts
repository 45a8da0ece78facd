import fc from 'fast-check'

/** Texts that have broken programs before, and any others. */
const wellKnown = [
  ...['', ' ', '0', '-1', 'null', 'undefined', 'true', '[]', '{}', 'NaN', '__proto__', 'constructor', 'toString'],
  ...['../../etc/passwd', '//evil.example', 'https://evil.example', 'javascript:alert(1)', '<script>alert(1)</script>'],
  ...[
    "' or 1=1 --",
    '%',
    '%00',
    '%E0%A4%A',
    '%ff',
    '\u0000',
    '\r\nx: y',
    'x\n{"level":1}',
    '\u202E',
    '\uD800',
    '＝1+1',
  ],
  ...[
    '$1',
    '$K1',
    '$F1',
    '$@1',
    '$h1',
    '$B1',
    '$undefined',
    '$Q1',
    '$D2026-13-45',
    '$n99999999999999999999',
    '$Sreact',
  ],
  ...['9'.repeat(400), 'a'.repeat(5000), '1e999', '2026-13-45', '0000-00-00', '00000000-0000-0000-0000-000000000000'],
]

export const hostileText = fc.oneof(
  fc.constantFrom(...wellKnown),
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
)

/** What a header may carry. */
export const hostileHeader = hostileText.map((text) => text.replace(/[^\t\x20-\x7e\x80-\xff]/g, '?'))

/** A part of a target: escaped as a browser does, or as somebody who means harm. */
export const hostilePart = fc.oneof(
  hostileText.map((text) => encodeURIComponent(text.replace(/\p{Surrogate}/gu, '?'))),
  hostileText.map((text) => text.replace(/[^\x21-\x7e]/g, '%zz')),
)
