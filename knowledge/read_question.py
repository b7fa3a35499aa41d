"""Read a question: what may be kept of it, the words to search for, and the dates in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from knowledge.as_at import read_dates
from knowledge.clean import LONGEST, clean
from knowledge.model import Question
from knowledge.personal_data import replace_personal_data
from knowledge.searched_words import searched_words


@dataclass(frozen=True, slots=True)
class QuestionRead:
    """The question to keep, the words to search for, and a past date on which something only happened."""

    question: Question
    searched: str
    happened: date | None


def read_question(text: str, as_at: date | None, today: date) -> QuestionRead:
    """What the asker's words say. `as_at` overrides any date in them; without either it is today."""
    cleaned = replace_personal_data(clean(text)[: LONGEST + 1])
    words = searched_words(cleaned.text)
    dates = read_dates(words, today)
    day = as_at or dates.edition or today
    question = Question(cleaned.text, day, cleaned.removed, dated=bool(as_at or dates.edition), words=words)
    return QuestionRead(question, dates.text, dates.happened)
