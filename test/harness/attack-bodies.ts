/** Bodies that are made to cost more than they weigh, each of about `bytes` bytes. */

/** A body whose parts are repeated until it has the size. */
function fill(bytes: number, head: string, part: (n: number) => string, tail: string, separator = ","): string {
  const parts: string[] = [];
  let size = head.length + tail.length;
  for (let n = 0; size < bytes - 20; n++) {
    const next = part(n);
    parts.push(next);
    size += next.length + separator.length;
  }
  return `${head}${parts.join(separator)}${tail}`;
}

export function attackBodies(bytes: number): Readonly<Record<string, string>> {
  const deep = Math.floor(bytes / 2) - 20;
  const objects = Math.floor(bytes / 6) - 20;
  return {
    "unknown keys": fill(bytes, "{", (n) => `"k${n}":0`, "}"),
    "unknown keys in an unknown key": fill(bytes, '{"a":{', (n) => `"k${n}":0`, "}}"),
    "one long unknown key": `{"${"k".repeat(bytes - 20)}":0}`,
    "nested arrays": `${"[".repeat(deep)}${"]".repeat(deep)}`,
    "nested objects": `${'{"a":'.repeat(objects)}0${"}".repeat(objects)}`,
    "unclosed arrays": "[".repeat(bytes - 20),
    "a long string": `{"email":"${"a".repeat(bytes - 30)}"}`,
    "a long e-mail address": `{"email":"${"a@".repeat(Math.floor(bytes / 2) - 30)}"}`,
    "many labels in an e-mail address": `{"email":"a@${"a.".repeat(Math.floor(bytes / 2) - 30)}"}`,
    "a huge number": `{"email":${"9".repeat(bytes - 30)}}`,
    "many numbers": fill(bytes, '{"email":[', () => "1e999", "]}"),
    "many empty objects": fill(bytes, '{"email":[', () => "{}", "]}"),
    "duplicate keys": fill(bytes, "{", () => '"email":0', "}"),
    "white space": `${" ".repeat(bytes - 30)}{}`,
    "small escapes": fill(bytes, '{"email":"', () => "\\u0061", '"}', ""),
    "escaped quotation marks": fill(bytes, '{"email":"', () => '\\"', '"}', ""),
    "keys named like the prototype": fill(bytes, "{", () => '"__proto__":{}', "}"),
  };
}
