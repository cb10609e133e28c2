"""An `Analysis` as bytes, with its spans, for the store. Canonical: the same analysis gives the same bytes."""

from pydantic import TypeAdapter

from pipeline.analysis import Analysis

_ADAPTER = TypeAdapter(Analysis)


def encode_analysis(analysis: Analysis) -> bytes:
    """UTF-8 JSON; fields in the order of the types."""
    return _ADAPTER.dump_json(analysis)


def decode_analysis(content: bytes) -> Analysis:
    """The analysis that `encode_analysis` wrote.

    Raises:
        pydantic.ValidationError: the bytes are not an analysis.
    """
    return _ADAPTER.validate_json(content)
