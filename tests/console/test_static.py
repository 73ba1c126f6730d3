"""The page's own files."""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "console" / "static"
SCRIPTS = sorted(STATIC.rglob("*.js"))
MARKUP = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\b|new Function"
)


def words(language: str) -> dict[str, str]:
    text = (STATIC / f"js/words/{language}.js").read_text(encoding="utf-8")
    return dict(re.findall(r'"([\w.]+)": "([^"]*)"', text))


def test_both_languages_have_the_same_words_with_the_same_blanks() -> None:
    zh, en = words("zh"), words("en")
    assert zh.keys() == en.keys()
    assert len(zh) > 150
    for key in zh:
        assert re.findall(r"{\w+}", zh[key]) == re.findall(r"{\w+}", en[key]), key


def test_every_word_asked_for_is_there() -> None:
    pages = "".join(path.read_text(encoding="utf-8") for path in STATIC.glob("*.html"))
    asked = set(re.findall(r'data-t(?:-label|-hint)?="([^"]+)"', pages))
    for path in SCRIPTS:
        asked |= set(re.findall(r'\bt\("([\w.]+)"', path.read_text(encoding="utf-8")))
    assert asked <= words("en").keys()


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_never_read_text_as_markup(path: Path) -> None:
    banned = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\b|new Function"
    )
    assert not re.search(banned, path.read_text(encoding="utf-8"))


def test_pages_load_nothing_from_elsewhere() -> None:
    for path in (*STATIC.rglob("*.html"), *STATIC.rglob("*.css"), *SCRIPTS):
        found = re.findall(r"(?:https?:)?//[\w.]+\.\w+", path.read_text(encoding="utf-8"))
        assert [address for address in found if "www.w3.org" not in address] == [], path.name
