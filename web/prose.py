"""Texts of several lines that people write in forms."""

from typing import Annotated

from fastapi import Form
from pydantic import BeforeValidator

LONGEST = 5000
"""Characters, as the page counts them: a line break is one."""


def one_per_break(text: str) -> str:
    """The text with one character for each line break, where forms send two."""
    return text.replace("\r\n", "\n")


Prose = Annotated[str, BeforeValidator(one_per_break), Form(max_length=LONGEST)]
