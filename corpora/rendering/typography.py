"""No-break spaces, put in as a French word processor does while one types."""

import re

_BEFORE = re.compile(r"(?<=\S) (?=[:;?!»%€](?!\w))")
_AFTER = re.compile(r"« ")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_BODY = re.compile(r"<body.*", re.DOTALL)

NO_BREAK = "\u00a0"


def french_spaces(text: str) -> str:
    """Plain spaces become no-break ones before `: ; ? ! » % €`, after `«` and between thousands."""
    text = _AFTER.sub(f"«{NO_BREAK}", text)
    return _THOUSANDS.sub(NO_BREAK, _BEFORE.sub(NO_BREAK, text))


def french_spaces_in_html(html: str) -> str:
    """The same within `<body>` only, so that style sheets stay as they are."""
    return _BODY.sub(lambda body: french_spaces(body.group()), html, count=1)
