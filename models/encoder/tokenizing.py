"""The encoder's tokenizer: pieces of words, cut as the package's own engine does."""

from collections.abc import Sequence

from tokenizers import Regex, Tokenizer, decoders, normalizers, pre_tokenizers, processors
from tokenizers import models as algorithms

from models.encoder.packed import Pieces

# What the model was taught to expect before a text, by what the text is for.
PROMPTS = {"query": "query: ", "passage": "passage: "}
PROMPT = PROMPTS["passage"]
LONGEST = 74  # tokens read of a text, its two marks and its prompt among them: sentences are rarely longer

_CONTROL = "[\u0001-\u0008\u000b\u000e-\u001f\u007f\u008f\u009f]"
_INVISIBLE = "[\u200b-\u200f\u1680]"


def tokenizer(pieces: Pieces, kept: Sequence[int]) -> Tokenizer:
    """The tokenizer that knows only the `kept` pieces, in that order: token i is piece `kept[i]`.

    The file's own table of characters is NFKC, but for the few that are dropped or read as a space here.
    """
    made = Tokenizer(
        algorithms.Unigram(
            [(pieces.texts[piece], float(pieces.weights[piece])) for piece in kept],
            unk_id=list(kept).index(pieces.unknown),
        )
    )
    made.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(_CONTROL), ""),
            normalizers.Replace(Regex(_INVISIBLE), " "),
            normalizers.NFKC(),
            normalizers.Replace(Regex(r"\s+"), " "),
        ]
    )
    made.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    opening, closing = pieces.texts[pieces.beginning], pieces.texts[pieces.end]
    made.post_processor = processors.TemplateProcessing(
        single=f"{opening} $A {closing}",
        special_tokens=[
            (opening, list(kept).index(pieces.beginning)),
            (closing, list(kept).index(pieces.end)),
        ],
    )
    made.decoder = decoders.Metaspace()
    return made
