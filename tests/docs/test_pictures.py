"""Pictures: those that pages name are there, none lies about unnamed, and all are light enough to be looked at on a telephone."""

from __future__ import annotations

from pathlib import Path

from tests.docs.pages import ROOT, dead_links, links, pages

IMAGES = ROOT / "docs" / "images"
MOST, MOST_TOGETHER = 80 * 1024, 2 * 1024 * 1024
"""Bytes of one picture, and of all."""


def named(page: Path) -> set[Path]:
    """Return the pictures that a page names."""
    targets = (target for target in links(page.read_text("utf-8")) if "://" not in target)
    return {path for target in targets if (path := (page.parent / target).resolve()).suffix == ".webp"}


def test_every_picture_is_named_by_a_page_and_every_named_one_is_there() -> None:
    wanted = {picture for page in pages() for picture in named(page)}
    there = {path for path in IMAGES.rglob("*") if path.is_file()}

    assert there
    assert wanted == there


def test_pictures_are_light() -> None:
    sizes = {path.name: path.stat().st_size for path in IMAGES.rglob("*.webp")}

    assert {name: size for name, size in sizes.items() if size > MOST} == {}
    assert sum(sizes.values()) <= MOST_TOGETHER


def test_a_planted_picture_that_is_missing_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    (tmp_path / "here.webp").touch()

    page.write_text("# One\n| ![what she sees](here.webp) | ![gone](gone.webp) |\n")

    assert list(dead_links(page)) == ["gone.webp"]
    assert named(page) == {tmp_path / "here.webp", tmp_path / "gone.webp"}
