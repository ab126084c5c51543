"""The power cut's own model: what a disk holds after a cut, read from a trace; and one small run of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from trials import powercut
from trials.powercut import Call, File


def hexed(text: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in text.encode())


def test_what_was_not_synced_may_be_missing_and_what_was_is_there() -> None:
    file = File(bytearray(b"aaaa"))
    file.pending = [
        Call("pwrite64", "f", b"bb", 1),
        Call("pwrite64", "f", b"cc", 6),
        Call("ftruncate", "f", place=3),
    ]

    assert file.after([]) == b"aaaa"
    assert file.after(file.pending[:1]) == b"abba"
    assert file.after(file.pending[1:2]) == b"aaaa\0\0cc"
    file.sync()
    assert (file.durable, file.pending) == (b"abb", [])


def test_a_write_may_be_torn_between_sectors() -> None:
    parts = list(powercut._torn(Call("pwrite64", "f", b"x" * 1100, 10)))

    assert [(part.place, len(part.data)) for part in parts] == [(10, 512), (522, 512), (1034, 76)]


def test_a_trace_is_read_call_by_call(tmp_path: Path) -> None:
    file = hexed("/tmp/db")
    lines = [
        f'pwrite64(4<{file}>, "{hexed("ab")}", 2, 4096) = 2',
        "--- SIGCHLD {si_signo=SIGCHLD} ---",
        f"fdatasync(4<{file}>) = 0",
        f'write(3<{hexed("/acks")}>, "{hexed("1")}", 1) = 1',
        f"ftruncate(4<{file}>, 8192) = 0",
        f'unlink("{file}") = -1 ENOENT (No such file or directory)',
        f'unlink("{file}") = 0',
        "+++ exited with 0 +++",
    ]
    (tmp_path / "trace").write_text("\n".join(lines), encoding="ascii")

    assert list(powercut.read(tmp_path / "trace")) == [
        Call("pwrite64", "/tmp/db", b"ab", 4096),
        Call("fdatasync", "/tmp/db"),
        Call("write", "/acks", b"1"),
        Call("ftruncate", "/tmp/db", place=8192),
        Call("unlink", "/tmp/db"),
    ]


def test_a_line_that_cannot_be_read_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "trace").write_text("pwrite64(4, <unfinished ...>", encoding="ascii")

    with pytest.raises(ValueError, match="cannot read"):
        list(powercut.read(tmp_path / "trace"))


@pytest.mark.processes
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is a package of the soak only")
def test_a_small_run_loses_nothing_and_sees_the_planted_fault() -> None:
    found = powercut.measure(cuts=6, writes=60, seed=1)

    assert set(found.broken) <= {"checkpoints fell among them"}  # so few writes may need none
