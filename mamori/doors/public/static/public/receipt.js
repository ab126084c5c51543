// Verifies a receipt in the reader's browser: no library, nothing is sent anywhere.
// It checks the same as verifier/mamori_verify.py: RFC 6962, c2sp.org/signed-note and c2sp.org/tlog-checkpoint.

export const FORMAT = "mamori-receipt/1";
const FIELDS = ["checkpoint", "content", "format", "index", "key", "leaf", "number", "proof", "salt", "size"];
const LEAF = ["act", "at", "commitment", "kind"];
const MOST = 1n << 63n;

// What the receipt says is not so.
export class Refuted extends Error {
  constructor(ja, en) {
    super(en);
    this.ja = ja;
    this.en = en;
  }
}

// It cannot be checked at all.
export class Unreadable extends Refuted {}

function need(holds, ja, en, Kind = Refuted) {
  if (!holds) throw new Kind(ja, en);
}

// ---------------------------------------------------------------- JSON, read so that there is one reading

// JSON.parse rounds large figures and lets names stand twice; this one does neither.
export function parse(text) {
  const bad = () => {
    throw new Unreadable("JSONとして読めません。", "It cannot be read as JSON.");
  };
  let at = 0;
  const blank = () => {
    while (at < text.length && " \t\n\r".includes(text[at])) at += 1;
  };
  const take = (mark) => {
    if (text[at] !== mark) bad();
    at += 1;
  };
  const string = () => {
    const begin = at;
    take('"');
    while (text[at] !== '"') {
      if (at >= text.length || text[at] < " ") bad();
      at += text[at] === "\\" ? 2 : 1;
    }
    at += 1;
    try {
      return JSON.parse(text.slice(begin, at));
    } catch {
      return bad();
    }
  };
  const figure = () => {
    const form = /(?:(-?(?:0|[1-9][0-9]*))(\.[0-9]+)?([eE][-+]?[0-9]+)?|(NaN|-?Infinity))/y;
    form.lastIndex = at;
    const found = form.exec(text);
    if (!found || found[0].length > 4300) return bad();
    at += found[0].length;
    need(!found[2] && !found[3] && !found[4], "小数は記録に現れません。", "The log holds no fractions.");
    return BigInt(found[1]);
  };
  const table = (depth) => {
    const found = new Map();
    take("{");
    blank();
    if (text[at] === "}") {
      at += 1;
      return found;
    }
    for (;;) {
      blank();
      const name = string();
      need(!found.has(name), "同じ名前が二度あります。", "A name stands twice.");
      blank();
      take(":");
      found.set(name, value(depth + 1));
      blank();
      if (text[at] === "}") break;
      take(",");
    }
    at += 1;
    return found;
  };
  const list = (depth) => {
    const found = [];
    take("[");
    blank();
    if (text[at] === "]") {
      at += 1;
      return found;
    }
    for (;;) {
      found.push(value(depth + 1));
      blank();
      if (text[at] === "]") break;
      take(",");
    }
    at += 1;
    return found;
  };
  const value = (depth) => {
    if (depth > 200) throw new Unreadable("入れ子が深すぎます。", "It is nested too deeply.");
    blank();
    for (const [word, meant] of [["true", true], ["false", false], ["null", null]]) {
      if (text.startsWith(word, at)) {
        at += word.length;
        return meant;
      }
    }
    if (text[at] === "{") return table(depth);
    if (text[at] === "[") return list(depth);
    return text[at] === '"' ? string() : figure();
  };
  const whole = value(0);
  blank();
  if (at !== text.length) bad();
  return whole;
}

// Sorted by code points, as Python sorts; JavaScript would sort by UTF-16 units.
function byCodePoint(one, other) {
  const [a, b] = [[...one], [...other]];
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
    const gap = a[i].codePointAt(0) - b[i].codePointAt(0);
    if (gap) return gap;
  }
  return a.length - b.length;
}

function written(value) {
  if (value instanceof Map) {
    const names = [...value.keys()].sort(byCodePoint);
    return `{${names.map((name) => `${written(name)}:${written(value.get(name))}`).join(",")}}`;
  }
  if (Array.isArray(value)) return `[${value.map(written).join(",")}]`;
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "string") {
    need(value.isWellFormed?.() ?? true, "文字が壊れています。", "A text holds half a character.");
  }
  return JSON.stringify(value);
}

const utf8 = (text) => new TextEncoder().encode(text);
export const canonical = (value) => utf8(written(value));

// ---------------------------------------------------------------- bytes

async function sha(...parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest("SHA-256", all));
}

const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

function unhex(text, length) {
  const well = typeof text === "string" && /^([0-9a-f]{2})*$/.test(text) && text.length === 2 * length;
  need(well, "16進数の値が正しくありません。", "A hexadecimal value is not well-formed.");
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

function unbase64(text) {
  try {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    return btoa(String.fromCharCode(...bytes)) === text ? bytes : null;
  } catch {
    return null;
  }
}

const same = (one, other) => one.length === other.length && one.every((byte, i) => byte === other[i]);

// ---------------------------------------------------------------- keys and signed notes

export async function keyOf(vkey) {
  const bad = ["鍵は「名前+ID+鍵」の形ではありません。", "The key is not of the form name+id+key.", Unreadable];
  need(typeof vkey === "string", ...bad);
  const found = /^([^+]+)\+([^+]+)\+(.+)$/s.exec(vkey);
  need(found, ...bad);
  const [, name, id, code] = found;
  const bytes = unbase64(code);
  need(bytes && bytes.length === 33 && bytes[0] === 1, ...bad);
  const expected = hex((await sha(utf8(name), utf8("\n"), bytes)).slice(0, 4));
  need(!/\s/.test(name) && expected === id, "鍵のIDが鍵と合いません。", "The key's id does not fit the key.", Unreadable);
  return { name, id, bytes: bytes.slice(1), vkey };
}

async function isSigned(key, signature, text) {
  const known = await crypto.subtle.importKey("raw", key.bytes, { name: "Ed25519" }, false, ["verify"]);
  return crypto.subtle.verify({ name: "Ed25519" }, known, signature, utf8(text));
}

// The size and root of a checkpoint that `key` has signed.
export async function headOf(note, key) {
  const bad = ["署名された点の形が正しくありません。", "The checkpoint has not the form of a signed note."];
  need(typeof note === "string" && !/[\0-\x09\x0b-\x1f]/.test(note), ...bad);
  const cut = note.lastIndexOf("\n\n");
  need(cut >= 0 && note.endsWith("\n") && note.length > cut + 2, ...bad);
  const text = note.slice(0, cut + 1);
  let signed = false;
  for (const line of note.slice(cut + 2, -1).split("\n")) {
    const words = line.split(" ");
    need(words.length === 3 && words[0] === "\u2014", ...bad);
    const bytes = unbase64(words[2]);
    need(bytes && bytes.length > 4, ...bad);
    if (words[1] !== key.name || hex(bytes.slice(0, 4)) !== key.id) continue;
    const fits = await isSigned(key, bytes.slice(4), text);
    need(fits, "署名が本文と合いません。", "The signature does not fit the text.");
    signed = true;
  }
  need(signed, "この鍵の署名がありません。", "It bears no signature of this key.");
  const lines = text.split("\n");
  need(lines.length >= 4 && lines[0] === key.name, "別の記録の点です。", "The checkpoint is of another log.");
  need(/^(0|[1-9][0-9]*)$/.test(lines[1]), ...bad);
  const root = unbase64(lines[2]);
  need(root && root.length === 32, ...bad);
  return { size: BigInt(lines[1]), root };
}

// ---------------------------------------------------------------- the tree

// The root to which the audit path leads (RFC 6962), or null when it does not fit.
async function climb(leaf, place, width, path) {
  const turns = [];
  let [index, size] = [place, width];
  while (size > 1n) {
    let half = 1n;
    while (half * 2n < size) half *= 2n;
    turns.push(index < half);
    [index, size] = index < half ? [index, half] : [index - half, size - half];
  }
  if (turns.length !== path.length) return null;
  turns.reverse();
  let reached = leaf;
  for (const [i, step] of path.entries()) {
    reached = turns[i] ? await sha(Uint8Array.of(1), reached, step) : await sha(Uint8Array.of(1), step, reached);
  }
  return reached;
}

// ---------------------------------------------------------------- the receipt

const isWhole = (value) => typeof value === "bigint" && value >= 0n && value < MOST;
const hasJust = (table, names) =>
  table instanceof Map && table.size === names.length && names.every((name) => table.has(name));

function checkForm(data) {
  const ours = data instanceof Map && data.get("format") === FORMAT;
  need(ours, "守りの受領証ではありません。", "This is not a receipt of Mamori.", Unreadable);
  need(hasJust(data, FIELDS), "項目が過不足しています。", "It has not exactly the fields of a receipt.");
  const figures = ["number", "index", "size"].every((name) => isWhole(data.get(name)));
  const well = figures && data.get("index") < data.get("size");
  need(well, "番号・場所・大きさが正しくありません。", "Number, place or size are not well-formed.");
  const proof = data.get("proof");
  need(Array.isArray(proof) && proof.length <= 64, "証明の形が正しくありません。", "The proof is no list.");
  const leaf = data.get("leaf");
  need(hasJust(leaf, LEAF), "記載の項目が正しくありません。", "The leaf has not the fields that it must have.");
  const typed = isWhole(leaf.get("act")) && typeof leaf.get("at") === "string" && typeof leaf.get("kind") === "string";
  need(typed, "記載の値が正しくありません。", "A value of the leaf is not well-formed.");
  unhex(leaf.get("commitment"), 32);
  need(data.get("number") === leaf.get("act"), "番号が記載と異なります。", "The number is not that of the leaf.");
}

async function checkContent(data) {
  const [content, leaf] = [data.get("content"), data.get("leaf")];
  if (content === null) {
    need(data.get("salt") === null, "塩だけがあります。", "There is a salt without a content.");
    return false;
  }
  need(content instanceof Map, "内容の形が正しくありません。", "The content is not a table.");
  const found = await sha(unhex(data.get("salt"), 32), canonical(content));
  const committed = same(found, unhex(leaf.get("commitment"), 32));
  need(committed, "内容が、記録されたものと異なります。", "The content is not the one that was recorded.");
  const agrees = content.get("kind") === leaf.get("kind") && content.get("at") === leaf.get("at");
  need(agrees, "内容の種類か時刻が記載と異なります。", "Kind or moment of the content differ from the leaf.");
  return true;
}

// Checks everything; `published` is the key that the reader got elsewhere, or "" for the receipt's own.
export async function verify(text, published = "") {
  const data = parse(text);
  const own = data instanceof Map ? data.get("key") : null;
  const key = await keyOf(published || own);
  checkForm(data);
  need(own === key.vkey, "受領証の鍵が、与えられた鍵と異なります。", "The receipt's key is not the given key.");
  const leaf = await sha(Uint8Array.of(0), canonical(data.get("leaf")));
  const head = await headOf(data.get("checkpoint"), key);
  need(head.size === data.get("size"), "大きさが署名と異なります。", "The size is not the one that was signed.");
  const path = data.get("proof").map((step) => unhex(step, 32));
  const reached = await climb(leaf, data.get("index"), head.size, path);
  const leads = reached !== null && same(reached, head.root);
  need(leads, "証明が、署名された根に至りません。", "The proof does not lead to the root that was signed.");
  const hasContent = await checkContent(data);
  return {
    number: data.get("number").toString(),
    index: data.get("index").toString(),
    size: data.get("size").toString(),
    at: data.get("leaf").get("at"),
    hasContent,
    keyCompared: published !== "",
  };
}

// Whether this browser can check a signature of this kind.
export async function isAble() {
  if (!globalThis.crypto?.subtle) return false;
  try {
    await crypto.subtle.importKey("raw", new Uint8Array(32), { name: "Ed25519" }, false, ["verify"]);
    return true;
  } catch {
    return false;
  }
}
