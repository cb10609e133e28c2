"""Names of the files that people drop, as they may be kept and written below a folder."""

from pipeline.errors import UsageProblem

_DEEPEST = 12  # folders
_LONGEST_PART = 200  # bytes: what systems allow, with room for a number


class InvalidUpload(UsageProblem):
    """The file cannot be taken: its name is none, or the intake is no longer open."""

    code = "invalid-upload"


def clean_path(path: str) -> str:
    """A path that can be written anywhere below a folder, and nowhere else.

    Raises:
        InvalidUpload: it names nothing.
    """
    parts = ["".join(char for char in part if char.isprintable()) for part in path.replace("\\", "/").split("/")]
    kept = [_shortened(part.strip()) for part in parts if part.strip() not in {"", ".", ".."}]
    if not kept or len(kept) > _DEEPEST:
        raise InvalidUpload("Ce fichier n'a pas de nom que l'on puisse garder.", advice="Renommez-le, puis déposez-le.")
    return "/".join(kept)


def _shortened(part: str) -> str:
    """The part, or its first and last letters when it is longer than systems allow."""
    if len(part.encode()) <= _LONGEST_PART:
        return part
    stem, dot, suffix = part.rpartition(".")
    end = f"{dot}{suffix}" if stem and len(suffix) <= 8 else ""
    room = _LONGEST_PART - len(end.encode())
    return part.encode()[:room].decode(errors="ignore") + end
