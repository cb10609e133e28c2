"""The page of a report: what dossiers hold is shown as text, and nothing is fetched from elsewhere."""

import html
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from evaluation.page import to_html
from tests.evaluation.reports import HOSTILE, report, suite

_EMPTY = frozenset({"meta", "br", "path", "use", "rect", "line"})


class _Reader(HTMLParser):
    """Tags, addresses and text of a page; every tag must be closed in its turn."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.texts: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src", "xlink:href", "srcset"}]
        if tag not in _EMPTY:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _EMPTY:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag not in _EMPTY:
            assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def read(page: str) -> _Reader:
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader


@pytest.fixture(scope="module")
def page() -> str:
    return to_html(report()).decode()


def test_nothing_is_fetched_and_nothing_runs(page: str) -> None:
    reader = read(page)
    assert [address for address in reader.addresses if not address.startswith(("#", "data:image/png;base64,"))] == []
    assert {"script", "link", "iframe", "img", "object"}.isdisjoint(reader.tags)
    assert re.findall(r"@import|url\((?!['\"]?#)|\bon\w+=|javascript:", page) == []


def test_what_dossiers_hold_is_escaped(page: str) -> None:
    assert "<script" not in page
    assert page.count(html.escape(HOSTILE, quote=False).replace("'", "&#39;").replace('"', "&#34;")) >= 2
    assert HOSTILE in read(page).texts


def test_each_picture_stands_in_the_page_with_words_for_it(page: str) -> None:
    assert page.count("<svg ") == page.count('<svg role="img" aria-label="') == 8
    assert page.count("<figure>") == page.count("<figcaption>") == 8


def test_it_says_the_split_the_figures_and_what_falls_short(page: str) -> None:
    texts = read(page).texts
    assert any("Jeu de mise au point, 13 dossiers" in text for text in texts)
    assert "Champs présents accusés à tort\u00a0: 0,31 au lieu de 0,25" in texts
    assert "0,70\u00a0–\u00a00,95" in texts
    assert "Accord entre deux annotateurs (2 dossiers)" in texts
    assert "1 erreur, une par ligne" in texts
    assert "Dossiers illisibles reconnus comme tels\u00a0: 1 sur 1." in texts


def test_parts_without_content_are_left_out() -> None:
    bare = replace(suite(), misses=(), reliability=(), coverage=(), unreadable_right=(0, 0))
    texts = read(to_html(report(suite=bare, agreement=None, silver={}, shortfalls=())).decode()).texts
    assert {"Erreurs", "Sous le seuil d’une livraison", "Initiatives réelles, par source"}.isdisjoint(texts)
    assert not any("annotateurs" in text or "illisibles" in text for text in texts)


def test_the_same_report_gives_the_same_bytes(page: str) -> None:
    assert to_html(report()).decode() == page
