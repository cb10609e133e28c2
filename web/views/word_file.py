"""What all files for word processors have in common."""

import re

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what XML cannot hold


def safe(text: str) -> str:
    """Without the characters that no such file can hold."""
    return _UNWRITABLE.sub("", text)
