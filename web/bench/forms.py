"""The forms of a page, as a browser would send them back untouched."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass(slots=True)
class Form:
    """Where it is sent, its hidden fields, and by name the values that may be ticked."""

    action: str
    hidden: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)


def forms(page: str) -> tuple[Form, ...]:
    """The forms of a page of the room, in its order."""
    parser = _Parser()
    parser.feed(page)
    for name, told in parser.apart:
        if name in parser.named:
            _add(parser.named[name], told)
    return tuple(parser.found)


class _Parser(HTMLParser):
    """`apart` are fields that stand outside of the form that they name."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self.named: dict[str, Form] = {}
        self.apart: list[tuple[str, dict[str, str]]] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = True
            self.found.append(Form(told.get("action", "")))
            self.named[told.get("id", "")] = self.found[-1]
        elif tag == "input" and "form" in told:
            self.apart.append((told["form"], told))
        elif tag == "input" and self._inside:
            _add(self.found[-1], told)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False


def _add(form: Form, told: dict[str, str]) -> None:
    name, value = told.get("name", ""), told.get("value", "")
    if told.get("type") == "hidden":
        form.hidden[name] = value
    elif told.get("type") in ("radio", "checkbox"):
        form.choices.setdefault(name, []).append(value)
