"""Where the guide lies: beside the packages in the repository, in the environment once installed."""

import sys
from importlib import resources
from pathlib import Path

from web.problems import RoomProblem

IMAGES = "images"
_BESIDE = Path(str(resources.files("web"))).parent / "docs" / "utilisateur"
_INSTALLED = Path(sys.prefix) / "share" / "reperes" / "guide"  # `pyproject.toml` puts it there


class GuideMissing(RoomProblem):
    """The program was installed without its guide."""

    code = "guide-missing"
    status = 503
    advice = "Demandez à l'administration de Repères de refaire l'installation ; le reste de la salle n'en dépend pas."

    def __init__(self) -> None:
        super().__init__("Le guide n'est pas installé sur cette machine.")


def source(name: str) -> str:
    """The Markdown of a page of the guide.

    Raises:
        GuideMissing: it is not on this machine.
    """
    try:
        return (_folder() / f"{name}.md").read_text("utf-8")
    except OSError as error:
        raise GuideMissing from error


def image(name: str) -> Path | None:
    """A picture of the guide; None when it has none of this name."""
    return next((path for path in (_folder() / IMAGES).glob("*.png") if path.name == name), None)


def _folder() -> Path:
    return next((folder for folder in (_BESIDE, _INSTALLED) if folder.is_dir()), _INSTALLED)
