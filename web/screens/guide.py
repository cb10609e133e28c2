"""Help: the user guide, page by page, the one of the person's role first."""

from fastapi import APIRouter
from starlette.responses import FileResponse, Response

from web import policies
from web.context import Signed
from web.guide import pages, places
from web.problems import NotHere

router = APIRouter()


@router.get("/aide")
def start(context: Signed) -> Response:
    """The page of the person's role."""
    context.require(policies.may_read_guide(context.viewer))
    return context.go(f"/aide/{pages.FIRST[context.viewer.role][0]}")


@router.get("/aide/{guide}")
def page(context: Signed, guide: str) -> Response:
    """A page of the guide, by the name of its file."""
    context.require(policies.may_read_guide(context.viewer))
    if guide not in pages.NAMES:
        raise NotHere
    return context.page(
        "guide/page.html.j2",
        guide=guide,
        page=pages.page(guide),
        own=pages.own(context.viewer.role),
        others=pages.others(context.viewer.role),
    )


@router.get("/aide/images/{image}")
def image(context: Signed, image: str) -> Response:
    """A picture of the guide."""
    context.require(policies.may_read_guide(context.viewer))
    path = places.image(image)
    if path is None:
        raise NotHere
    return FileResponse(path, media_type="image/png")
