"""What readers ask of each page of docs/ is answered below the heading that `docs_questions.md` names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

HERE = Path(__file__).parent
DOCS = HERE.parent / "docs"
PICTURES_ALONE = {"gallery.md"}

QUESTIONS = {
    page: re.findall(r"(?m)^\| ([^|]+\?) \| ([^|]+) \| ([^|]+) \|$", rows)
    for page, rows in re.findall(
        r"(?ms)^## (\S+)\n(.*?)(?=^## |\Z)", (HERE / "docs_questions.md").read_text(encoding="utf-8")
    )
}


def sections(page: str) -> dict[str, str]:
    """What is below each heading, with what is below the headings in it; lines are joined by spaces."""
    text = re.sub(r"(?ms)^```.*?^```", lambda block: block[0].replace("\n#", "\n "), page)
    parts = re.split(r"(?m)^(#+) (.*)\n", text)
    headings = [*zip(parts[1::3], parts[2::3], parts[3::3], strict=True)]
    below: dict[str, str] = {}
    for place, (level, heading, content) in enumerate(headings):
        inner = []
        for other_level, _, other in headings[place + 1 :]:
            if len(other_level) <= max(len(level), 2):  # the title has only what is before the first heading
                break
            inner.append(other)
        below[heading] = " ".join(" ".join([content, *inner]).split())
    return below


def test_each_page_has_ten_questions() -> None:
    pages = {path.name for path in DOCS.glob("*.md")} - PICTURES_ALONE
    assert {page: len(asked) for page, asked in QUESTIONS.items()} == dict.fromkeys(sorted(pages), 10)


@pytest.mark.parametrize("page", QUESTIONS)
def test_each_question_is_answered_below_its_heading(page: str) -> None:
    below = sections((DOCS / page).read_text(encoding="utf-8"))
    unanswered = [
        (question, heading, words)
        for question, heading, words in QUESTIONS[page]
        if words.strip("`").lower() not in below.get(heading, "").lower()
    ]
    assert unanswered == []
