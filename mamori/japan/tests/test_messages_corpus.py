"""The labelled messages in `examples/messages` are whole, and as many as their README says."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[3] / "examples" / "messages"
LABELS = ("phone", "mail", "chat_id", "url", "bank", "direct_deal", "address")
FORMAL = ("return", "rescission", "cancellation", "minor", "none")
BLIND_FIELDS = {"id": str, "by": str, "text": str, "labels": list, "spans": list, "note": str}
FORMAL_FIELDS = {"id": str, "by": str, "text": str, "formal": str, "note": str}
ROW = re.compile(r"^\| `?(\w+)`? \| (\d+) \|(?: (\d+) \|)?", re.MULTILINE)

type Message = dict[str, Any]

SOUND: Message = {
    "id": "b-1",
    "by": "buyer",
    "text": "番号は090-0000-1234です",
    "labels": ["phone"],
    "spans": [["phone", 3, 16]],
    "note": "plain",
}


def messages(name: str) -> list[Message]:
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]


def misshapen(message: Message, fields: dict[str, type]) -> list[str]:
    """Name what is wrong with the fields that both files have."""
    if {name: type(value) for name, value in message.items()} != fields:
        return ["fields"]
    wrong = ["by"] if message["by"] not in ("buyer", "seller") else []
    return wrong + [name for name in ("text", "note") if not message[name].strip()]


def mislabelled(message: Message) -> list[str]:
    """Name what is wrong with a message's length, labels and spans."""
    text, spans = message["text"], message["spans"]
    wrong = [] if 10 <= len(text) <= 400 else ["length"]
    if message["labels"] != [label for label in LABELS if label in {span[0] for span in spans}]:
        wrong.append("labels")
    end_before = 0
    for label, start, end in spans:
        if label not in LABELS:
            wrong.append("unknown label")
        if not end_before <= start < end <= len(text):
            wrong.append("span")
        elif text[start:end] != text[start:end].strip():
            wrong.append("blank at the edge")
        end_before = end
    return wrong


def repeated(messages: list[Message], field: str) -> set[str]:
    return {value for value, times in Counter(m[field] for m in messages).items() if times > 1}


def stated() -> list[tuple[str, ...]]:
    """Read the rows of the README's tables: a name, then its counts."""
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    return [tuple(cell for cell in row if cell) for row in ROW.findall(readme)]


def test_every_message_of_the_blind_file_is_whole() -> None:
    for message in messages("blind.ndjson"):
        assert not misshapen(message, BLIND_FIELDS), message
        assert not mislabelled(message), message


def test_every_message_of_the_formal_file_is_whole() -> None:
    for message in messages("formal.ndjson"):
        assert not misshapen(message, FORMAL_FIELDS), message
        assert message["formal"] in FORMAL, message
        assert message["by"] == "buyer" or message["formal"] == "none", message


def test_no_message_stands_twice_in_the_corpus() -> None:
    both = messages("blind.ndjson") + messages("formal.ndjson")

    assert not repeated(both, "id")
    assert not repeated(both, "text")


def test_the_readme_states_how_many_there_are() -> None:
    blind, formal = messages("blind.ndjson"), messages("formal.ndjson")

    by_label = Counter(label for m in blind for label in m["labels"])
    by_span = Counter(span[0] for m in blind for span in m["spans"])
    by_kind = Counter(m["formal"] for m in formal)

    assert stated() == [
        *[(label, f"{by_label[label]}", f"{by_span[label]}") for label in LABELS],
        ("innocent", f"{sum(not m['labels'] for m in blind)}", "0"),
        ("all", f"{len(blind)}", f"{by_span.total()}"),
        *[(kind, f"{by_kind[kind]}") for kind in FORMAL],
        ("all", f"{len(formal)}"),
    ]


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"text": "短い"}, "length"),
        ({"labels": []}, "labels"),
        ({"labels": ["phone", "mail"]}, "labels"),
        ({"spans": [["phone", 3, 99]]}, "span"),
        ({"spans": [["phone", 3, 3]]}, "span"),
        ({"spans": [["phone", 3, 10], ["phone", 9, 16]]}, "span"),
        ({"spans": [["fax", 3, 16]]}, "unknown label"),
        ({"text": "番号は 90-0000-1234です"}, "blank at the edge"),
    ],
)
def test_a_broken_label_is_noticed(change: Message, wrong: str) -> None:
    assert not mislabelled(SOUND)

    assert wrong in mislabelled(SOUND | change)


@pytest.mark.parametrize(
    ("change", "wrong"),
    [({"by": "staff"}, "by"), ({"note": " "}, "note"), ({"id": 7}, "fields"), ({"more": ""}, "fields")],
)
def test_a_broken_field_is_noticed(change: Message, wrong: str) -> None:
    assert not misshapen(SOUND, BLIND_FIELDS)

    assert misshapen(SOUND | change, BLIND_FIELDS) == [wrong]


def test_a_message_that_stands_twice_is_noticed() -> None:
    assert repeated([SOUND, SOUND | {"id": "b-2"}], "text") == {SOUND["text"]}
