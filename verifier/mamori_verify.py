#!/usr/bin/env python3
"""守り(Mamori)の受領証を、この一つのファイルだけで検証する。 / Verifies a receipt of Mamori offline, with this one file.

    python mamori_verify.py receipt.json [--key NAME+ID+KEY] [--checkpoint FILE ...] [--lang ja|en]
    python mamori_verify.py receipts.json --seen seen.json [--key NAME+ID+KEY] ...

It needs Python 3.9 or newer and the package `cryptography`; it opens no connection and shares no code with Mamori.
What is checked: the content is the one that the record committed to; the record stands at its place in the log;
the log's head is signed; and heads that you kept agree with it.  Exit code 0: proved.  1: refuted.  2: could not
be checked (unreadable file, unusable key).

A receipt: {"format": "mamori-receipt/1", "number": act, "leaf": {act, at, commitment, kind}, "content": {...} or
null, "salt": hex or null, "index": place, "size": size of the log, "proof": [hex, ...], "checkpoint": signed note,
"key": NAME+ID+KEY}.  Several with what they are of: {"format": "mamori-receipts/1", "seen_sha256": hex of seen.json,
"receipts": [{"of": "display"|"order"|"screen", "receipt": a receipt or null}, ...]}.
The formats are RFC 6962, c2sp.org/signed-note and c2sp.org/tlog-checkpoint.
"""

import argparse
import base64
import hashlib
import json
import os
import sys

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:
    sys.stderr.write("pip install cryptography\n")
    raise SystemExit(2) from None

FORMAT = "mamori-receipt/1"
FIELDS = {"format", "number", "leaf", "content", "salt", "index", "size", "proof", "checkpoint", "key"}
SEVERAL = "mamori-receipts/1"
KINDS = {"display": {"display.keep", "display.write"}, "order": {"market.put"}, "screen": {"market.put"}}
THINGS = {
    "display": ("表示", "the display"),
    "order": ("注文", "the order"),
    "screen": ("最終確認画面", "the screen"),
}
LARGEST = 4 << 20


class Refuted(Exception):
    """The receipt says what is not so."""


class Unreadable(Exception):
    """It cannot be checked at all."""


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def need(condition, ja, en, kind=Refuted):
    if not condition:
        raise kind(ja, en)


def is_whole(value):
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 63


def unhex(value, length=None):
    """Bytes from lower-case hexadecimal digits; one spelling only."""
    need(isinstance(value, str), "16進数の文字列ではありません。", "A value is not hexadecimal text.")
    try:
        data = bytes.fromhex(value)
    except ValueError:
        data = None
    need(
        data is not None and data.hex() == value and (length is None or len(data) == length),
        "16進数の値が正しくありません。",
        "A hexadecimal value is not well-formed.",
    )
    return data


def unbase64(text):
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    return data if base64.b64encode(data).decode() == text else None


# ---------------------------------------------------------------- JSON


def no_doubles(pairs):
    need(len({key for key, _ in pairs}) == len(pairs), "同じ名前が二度あります。", "A name stands twice.")
    return dict(pairs)


def no_fractions(text):
    raise Refuted("小数は記録に現れません。", "The log holds no fractions: " + text[:40])


def parse(text):
    """The JSON value; names only once, whole numbers only, so that there is one reading."""
    try:
        return json.loads(
            text, object_pairs_hook=no_doubles, parse_float=no_fractions, parse_constant=no_fractions
        )
    except RecursionError:
        raise Unreadable("入れ子が深すぎます。", "It is nested too deeply.") from None
    except ValueError:
        raise Unreadable("JSONとして読めません。", "It cannot be read as JSON.") from None


def canonical(value):
    try:
        return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError):
        raise Refuted("文字が壊れています。", "A text holds half a character.") from None


# ---------------------------------------------------------------- signed notes


class Key:
    """An Ed25519 key under a log's name."""

    def __init__(self, vkey):
        bad = "鍵は「名前+ID+鍵」の形ではありません。", "The key is not of the form name+id+key."
        need(isinstance(vkey, str) and vkey.isprintable() and vkey.count("+") >= 2, *bad, kind=Unreadable)
        self.name, self.id, code = vkey.split("+", 2)
        data = unbase64(code)
        need(data is not None and len(data) == 33 and data[0] == 1, *bad, kind=Unreadable)
        need(
            self.name.split() == [self.name] and sha(self.name.encode(), b"\n", data)[:4].hex() == self.id,
            "鍵のIDが鍵と合いません。",
            "The key's id does not fit the key.",
            kind=Unreadable,
        )
        self.public = Ed25519PublicKey.from_public_bytes(data[1:])
        self.vkey = vkey


def head_of(note, key):
    """(size, root, text) of a checkpoint that `key` has signed."""
    bad = "署名された点の形が正しくありません。", "The checkpoint has not the form of a signed note."
    need(isinstance(note, str) and all(c >= " " or c == "\n" for c in note), *bad)
    text, gap, below = note.rpartition("\n\n")
    need(gap and below.endswith("\n"), *bad)
    text += "\n"
    signed = False
    for line in below[:-1].split("\n"):
        words = line.split(" ")
        need(len(words) == 3 and words[0] == "\u2014", *bad)
        data = unbase64(words[2])
        need(data is not None and len(data) > 4, *bad)
        if words[1] != key.name or data[:4].hex() != key.id:
            continue
        try:
            key.public.verify(data[4:], text.encode("utf-8"))
        except (InvalidSignature, ValueError):
            raise Refuted("署名が本文と合いません。", "The signature does not fit the text.") from None
        signed = True
    need(signed, "この鍵の署名がありません。", "It bears no signature of this key.")
    lines = text.split("\n")
    need(len(lines) >= 4 and lines[0] == key.name, "別の記録の点です。", "The checkpoint is of another log.")
    need(lines[1].isascii() and lines[1].isdigit() and len(lines[1]) < 20, *bad)
    need(str(int(lines[1])) == lines[1], *bad)
    root = unbase64(lines[2])
    need(root is not None and len(root) == 32, *bad)
    return int(lines[1]), root, text


# ---------------------------------------------------------------- the tree


def climb(leaf, index, size, path):
    """The root to which the audit path leads, by walking the tree of RFC 6962 from the top; None if it does not fit."""
    turns = []
    while size > 1:
        half = 1
        while half * 2 < size:
            half *= 2
        turns.append(index < half)
        index, size = (index, half) if index < half else (index - half, size - half)
    if len(turns) != len(path):
        return None
    for is_left, step in zip(reversed(turns), path):  # noqa: B905 (Python 3.9)
        leaf = sha(b"\x01", leaf, step) if is_left else sha(b"\x01", step, leaf)
    return leaf


def check_leaf(data):
    """The leaf's hash, once its fields are what they must be."""
    leaf = data["leaf"]
    need(
        isinstance(leaf, dict) and set(leaf) == {"act", "at", "commitment", "kind"},
        "記載の項目が正しくありません。",
        "The leaf has not the fields that it must have.",
    )
    need(
        is_whole(leaf["act"]) and isinstance(leaf["at"], str) and isinstance(leaf["kind"], str),
        "記載の値が正しくありません。",
        "A value of the leaf is not well-formed.",
    )
    unhex(leaf["commitment"], 32)
    need(data["number"] == leaf["act"], "番号が記載と異なります。", "The number is not that of the leaf.")
    return sha(b"\x00", canonical(leaf))


def check_content(data):
    """Whether the content is there; refuted when it is not the one that was committed to."""
    content, leaf = data["content"], data["leaf"]
    if content is None:
        need(data["salt"] is None, "塩だけがあります。", "There is a salt without a content.")
        return False
    need(isinstance(content, dict), "内容の形が正しくありません。", "The content is not a table.")
    need(
        sha(unhex(data["salt"], 32), canonical(content)) == unhex(leaf["commitment"], 32),
        "内容が、記録されたものと異なります。",
        "The content is not the one that was recorded.",
    )
    need(
        content.get("kind") == leaf["kind"] and content.get("at") == leaf["at"],
        "内容の種類か時刻が記載と異なります。",
        "Kind or moment of the content differ from the leaf.",
    )
    return True


def check_receipt(data, key):
    """(whether the content is there, the head's size and root)."""
    need(
        isinstance(data, dict) and data.get("format") == FORMAT,
        "守りの受領証ではありません。",
        "This is not a receipt of Mamori.",
        kind=Unreadable,
    )
    need(set(data) == FIELDS, "項目が過不足しています。", "It has not exactly the fields of a receipt.")
    need(
        all(is_whole(data[name]) for name in ("number", "index", "size")) and data["index"] < data["size"],
        "番号・場所・大きさが正しくありません。",
        "Number, place or size are not well-formed.",
    )
    need(
        isinstance(data["proof"], list) and len(data["proof"]) <= 64,
        "証明の形が正しくありません。",
        "The proof is no list.",
    )
    need(
        data["key"] == key.vkey,
        "受領証の鍵が、与えられた鍵と異なります。",
        "The receipt's key is not the given key.",
    )
    leaf = check_leaf(data)
    size, root, _ = head_of(data["checkpoint"], key)
    need(size == data["size"], "大きさが署名と異なります。", "The size is not the one that was signed.")
    path = [unhex(step, 32) for step in data["proof"]]
    need(
        climb(leaf, data["index"], size, path) == root,
        "証明が、署名された根に至りません。",
        "The proof does not lead to the root that was signed.",
    )
    return check_content(data), size, root


# ---------------------------------------------------------------- heads that were kept


def compare(file, text, key, size, root):
    """A sentence on a checkpoint kept elsewhere; refuted when it and the receipt cannot be of one log."""
    kept_size, kept_root, _ = head_of(text, key)
    if kept_size != size:
        return (
            f"{file}: 大きさが違う({kept_size} と {size})ため、この受領証だけでは比べられません。運営者の `mamori ledger"
            " verify --with` か、同じ大きさの受領証が必要です。",
            f"{file}: of another size ({kept_size}, not {size}), so that this receipt alone cannot be compared with it."
            " It takes `mamori ledger verify --with`, or a receipt of that size.",
        )
    need(
        kept_root == root,
        f"分岐:{file} は同じ大きさで別の根に署名されています。記録が二通りあります。",
        f"A fork: {file} signs another root for the same size. There are two versions of the log.",
    )
    return f"{file}: 一致しました。", f"{file}: it agrees."


def read(path):
    try:
        if os.path.getsize(path) > LARGEST:
            raise Unreadable(f"{path}: 大きすぎます。", f"{path}: it is too large.")
        with open(path, "rb") as file:
            return file.read().decode("utf-8")
    except (OSError, ValueError):
        raise Unreadable(f"{path}: 読めません。", f"{path}: it cannot be read.") from None


def say_place(data, say, ja="", en=""):
    number, place, kind, at = data["number"], data["index"], data["leaf"]["kind"], data["leaf"]["at"]
    say(
        f"確かめました:{ja}番号 {number}({kind}、{at})は、大きさ {data['size']} の記録の {place} 番目にあります。",
        f"Proved: {en}act {number} ({kind}, {at}) stands at place {place} of a log of {data['size']}.",
    )


def verify_one(data, key, say):
    """Check one receipt; the head that it shows, by its size."""
    has_content, size, root = check_receipt(data, key)
    say_place(data, say)
    if has_content:
        say("内容も、記録されたとおりです。", "Its content is the one that was recorded.")
    else:
        say(
            "内容は受領証に含まれていません(求められなかったか、消去されました)。",
            "The receipt does not show the content (it was not asked for, or it was erased).",
        )
    return {size: root}


# ---------------------------------------------------------------- what a buyer saw, with its receipts


def address(leaf):
    """Where a receipt stands on the operator's pages: its number and a sign made from its commitment."""
    sign = base64.b32encode(sha(b"mamori-receipt-address\n", unhex(leaf["commitment"], 32)))
    return f"{leaf['act']}-{sign.decode().lower()[:24]}"


def entries_of(data):
    """{what it is of: its receipt or None}."""
    bad = "受領証の一覧の形が正しくありません。", "The list of receipts is not well-formed."
    need(set(data) == {"format", "seen_sha256", "receipts"} and isinstance(data["receipts"], list), *bad)
    for one in data["receipts"]:
        need(isinstance(one, dict) and set(one) == {"of", "receipt"} and isinstance(one["of"], str), *bad)
    found = {one["of"]: one["receipt"] for one in data["receipts"]}
    need(len(found) == len(data["receipts"]) and set(found) <= set(KINDS) and "display" in found, *bad)
    return found


def check_shown(receipt, seen):
    """Whether the log binds what was shown; refuted when that is not what `seen` says."""
    bound = ((receipt["content"] or {}).get("payload") or {}).get("content")
    if bound is None:
        return False
    content, shown = receipt["content"], seen["display"]
    is_of_it = content["subject"] == f"seller:{shown['seller']}"
    need(
        is_of_it and content["payload"].get("version") == shown["version"],
        "受領証は、別の出品者か別の版のものです。",
        "The receipt is of another seller or another version.",
    )
    need(
        sha(unhex(shown["salt"], 32), canonical(shown["content"])) == unhex(bound, 32),
        "seen.json の表示が、記録されたものと異なります。",
        "The display in seen.json is not the one that was recorded.",
    )
    return True


def verify_each(found, seen, key, say):
    """Check each receipt by itself and against what it is said to be of; the heads that they show, by size."""
    heads = {}
    for of, receipt in found.items():
        ja, en = THINGS[of]
        if receipt is None:
            say(f"{ja}:まだ証明がありません。", f"There is no proof yet of {en}.")
            continue
        _, size, root = check_receipt(receipt, key)
        need(
            receipt["leaf"]["kind"] in KINDS[of]
            and heads.setdefault(size, root) == root
            and (seen is None or seen[of]["receipt"] == address(receipt["leaf"])),
            f"{ja}の受領証ではないものが入っています。",
            f"What stands there for {en} is not its receipt.",
        )
        say_place(receipt, say, f"{ja}の", f"of {en}, ")
    return heads


def say_shown(receipt, seen, say):
    """Say what is proved of what was shown, and what is not."""
    if seen is None:
        say(
            "--seen がないため、表示の中身は比べていません。",
            "What was shown was not compared, for want of --seen.",
        )
    elif check_shown(receipt, seen):
        say("表示の中身は、記録されたとおりです。", "What was shown is what was recorded.")
    else:
        say(
            "表示の中身は、この版では確かめられません。",
            "Of this version the content cannot be checked, its time alone.",
        )
    say(
        "確かめていないこと:注文・商品・最終確認画面の中身、運営者の時計、購入者の画面に実際に映ったもの。",
        "Not proved: what is said of the order, the goods and the screen; the operator's clock; what the buyer's screen showed.",
    )


def verify_several(data, key, text, say):
    """Check each receipt and what was shown; the heads that they show, by size."""
    found = entries_of(data)
    seen = parse(text) if text is not None else None
    need(
        text is None or data["seen_sha256"] == sha(text.encode("utf-8")).hex(),
        "seen.json は、この受領証の一覧と一緒に作られたものではありません。",
        "The file seen.json is not the one that was made together with these receipts.",
    )
    heads = verify_each(found, seen, key, say)
    need(
        found["display"] is not None,
        "表示の受領証がまだないため、控えを保存し直してください。",
        "The display has no receipt yet. Please save the bundle again.",
        kind=Unreadable,
    )
    say_shown(found["display"], seen, say)
    return heads


def verify(path, vkey, checkpoints, say, seen=None):
    """Check everything and say what holds."""
    data = parse(read(path))
    is_several = isinstance(data, dict) and data.get("format") == SEVERAL
    first = (entries_of(data)["display"] or {}) if is_several else data
    key = Key(vkey if vkey is not None else first.get("key") if isinstance(first, dict) else None)
    if is_several:
        try:
            heads = verify_several(data, key, read(seen) if seen else None, say)
        except (AttributeError, KeyError, TypeError):
            raise Refuted(
                "seen.json の形が正しくありません。", "A field of seen.json is missing or misshapen."
            ) from None
    else:
        heads = verify_one(data, key, say)
    for file in checkpoints:
        for size, root in heads.items():
            say(*compare(file, read(file), key, size, root))
    if vkey is None:
        say(
            "注意:鍵は受領証そのものから取りました。受領証を作れる人は鍵も作れるので、これだけではほとんど証明になりません。"
            "運営者が公表している鍵を --key で与えてください。",
            "Beware: the key was taken from the receipt itself. Whoever can make a receipt can make a key, so this proves"
            " little. Give the key that the operator publishes with --key.",
        )


def main(arguments=None):
    parser = argparse.ArgumentParser(
        description="Verifies a receipt of Mamori offline. / 守りの受領証を検証する。"
    )
    parser.add_argument("receipt", help="receipt.json or receipts.json / 受領証")
    parser.add_argument("--seen", help="seen.json of the same bundle / 同じ控えの seen.json")
    parser.add_argument("--key", help="name+id+key, as the operator publishes it / 公表された鍵")
    parser.add_argument(
        "--checkpoint", action="append", default=[], help="a checkpoint you kept / 手元に保管した点"
    )
    parser.add_argument("--lang", choices=["ja", "en"], help="one language only / 表示の言語")
    asked = parser.parse_args(arguments)

    def say(ja, en):
        print({"ja": ja, "en": en}.get(asked.lang, ja + "\n  " + en))

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        verify(asked.receipt, asked.key, asked.checkpoint, say, asked.seen)
    except Refuted as no:
        say("誤りです:" + no.args[0], "Refuted: " + no.args[1])
        return 1
    except Unreadable as no:
        say("検証できません:" + no.args[0], "It cannot be checked: " + no.args[1])
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
