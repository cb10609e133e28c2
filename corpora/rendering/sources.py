"""What the authors wrote, as plain sentences: markup and numbers of rows left out."""

import re
from html import unescape

from corpora.rendering.recipe import DossierRecipe, FileRecipe, Renderer

_STYLE = re.compile(r"<(style|title)\b.*?</\1>|<!--.*?-->", re.DOTALL)
_VALUE = re.compile(r'<input\b[^>]*\bvalue="([^"]*)"[^>]*>')
_INLINE_TAG = re.compile(r"</?(?:b|i|em|strong|span|u|sup|small)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_SENTENCE_END = re.compile(r"(?<=[.!?;:»])\s+|\n\s*\n|\n(?=[-|#>~^])|\||\n\n")


def source_sentences(recipe: DossierRecipe) -> list[str]:
    """The sentences of all the sources of a dossier, in order, white space reduced."""
    texts = {file.source: source_text(file) for file in recipe.files}
    pieces = (piece for text in texts.values() for piece in _SENTENCE_END.split(text))
    return [sentence for piece in pieces if (sentence := " ".join(piece.split()))]


def source_text(file: FileRecipe) -> str:
    """The text of one source: what is printed, and the answers of a form."""
    source = file.source.read_text("utf-8")
    if file.renderer in (Renderer.WORD, Renderer.EXPORT):
        return source.split("+++\n", 2)[2].replace("**", "")
    body = _VALUE.sub(r"\n\n\1\n\n", _STYLE.sub("", source))
    return unescape(_TAG.sub("\n\n", _INLINE_TAG.sub("", body)))
