"""The bench of upgrades takes an earlier version from git, and exchanges the code under a house in one moment."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from trials import upgrading
from trials.upgrading import NoEarlierVersion


def test_a_commit_that_git_does_not_know_is_refused_with_what_to_do() -> None:
    with pytest.raises(NoEarlierVersion) as refusal, upgrading.code_of("no-such-commit"):
        pass

    assert "no-such-commit" in refusal.value.sentence.ja
    assert "whole history" in refusal.value.sentence.en


def test_an_earlier_version_stands_in_a_folder_of_its_own_until_it_is_exchanged() -> None:
    before, here = os.environ.get("PYTHONPATH"), Path.cwd()

    with upgrading.code_of("HEAD") as code:
        old = code.resolve()
        during = os.environ["PYTHONPATH"]
        upgrading.exchange(code, upgrading.HERE)
        new = code.resolve()

    assert (old / "mamori" / "site").parts != (new / "mamori" / "site").parts
    assert (during, new) == (str(code), upgrading.HERE)
    assert (os.environ.get("PYTHONPATH"), Path.cwd()) == (before, here)
    assert not old.exists()


def test_a_release_without_a_tag_is_what_is_committed() -> None:
    assert upgrading.commit_of("0.0.0-never") == "HEAD"
