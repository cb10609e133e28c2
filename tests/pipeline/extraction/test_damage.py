"""Pages that show nothing because their content is damaged."""

import io
from pathlib import Path

import pikepdf

from pipeline.extraction.damage import damaged_pages
from tests.pipeline.extraction.printed import LOREM, paragraph, printed, together


def test_a_page_whose_content_cannot_be_unpacked_is_damaged(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with pikepdf.open(io.BytesIO(printed(paragraph(60, 80, LOREM * 4, width=470), together()))) as document:
        document.save(packed, stream_decode_level=pikepdf.StreamDecodeLevel.generalized, compress_streams=True)
    whole, broken = packed.getvalue(), bytearray(packed.getvalue())
    start = broken.index(b"stream\n") + len(b"stream\n")
    broken[start : start + 60] = b"\xff" * 60
    (tmp_path / "whole.pdf").write_bytes(whole)
    (tmp_path / "broken.pdf").write_bytes(broken)
    assert damaged_pages(tmp_path / "whole.pdf", [1, 2], "") == frozenset()
    assert damaged_pages(tmp_path / "broken.pdf", [1, 2], "") == {1}
