from pipeline.extraction.furniture import find_furniture
from pipeline.extraction.raw import RawPage
from tests.pipeline.extraction.pages import line, lines, page

BODY = [
    f"Une ligne de texte qui dit autre chose, la ligne {word}" for word in ("une", "deux", "trois", "quatre", "cinq")
]


def texts(pages: list[RawPage]) -> list[list[str]]:
    """The rows of furniture of each page."""
    return [
        [" ".join(page.words[i].text for i in row) for row in rows]
        for page, rows in zip(pages, find_furniture(pages), strict=True)
    ]


def file_of(count: int, header: str = "", footer: str = "", *, size: float = 8) -> list[RawPage]:
    """Pages with a header and a footer in which `#` is the number of the page."""
    return [
        page(
            line(header.replace("#", str(n)), 50, 30, size=size)
            + lines([f"{text} {n * i}" for i, text in enumerate(BODY)], 50, 200)
            + line(footer.replace("#", str(n)), 280, 800, size=size),
            n,
        )
        for n in range(1, count + 1)
    ]


def test_running_header_and_page_number() -> None:
    pages = file_of(4, "Association Les Mains vertes — dossier AMI", "#")
    assert texts(pages) == [["Association Les Mains vertes — dossier AMI", str(n)] for n in range(1, 5)]


def test_two_pages_are_enough() -> None:
    assert texts(file_of(2, "Dossier de candidature", "Page # / 2")) == [
        ["Dossier de candidature", "Page 1 / 2"],
        ["Dossier de candidature", "Page 2 / 2"],
    ]


def test_one_page_that_numbers_itself() -> None:
    assert texts(file_of(1, "", "Page 1/1")) == [["Page 1/1"]]
    assert texts(file_of(1, "", "Page 1 sur 1")) == [["Page 1 sur 1"]]


def test_a_letterhead_on_the_first_page_is_body() -> None:
    first, *others = file_of(3, "", "#")
    letterhead = lines(["Association Les Mains vertes", "12 rue des Lilas, 33000 Bordeaux"], 50, 30)
    assert texts([page([*letterhead, *first.words]), *others]) == [["1"], ["2"], ["3"]]


def test_numbers_that_do_not_follow_the_pages_are_body() -> None:
    pages = [page(lines(BODY, 50, 200) + line(amount, 280, 800), n) for n, amount in enumerate(("12", "7", "40"), 1)]
    assert texts(pages) == [[], [], []]


def test_headings_at_the_top_of_pages_are_body() -> None:
    pages = [page(line(f"Annexe {n}", 50, 30, size=14, bold=True) + lines(BODY, 50, 200), n) for n in range(1, 4)]
    assert texts(pages) == [[], [], []]


def test_a_title_that_two_slides_share_is_body() -> None:
    pages = [page(line("Notre équipe", 50, 30, size=24) + lines(BODY, 50, 200), n) for n in range(1, 3)]
    assert texts(pages) == [[], []]


def test_text_repeated_within_the_page_is_body() -> None:
    pages = [page(line("Oui / Non", 50, 400) + lines(BODY, 50, 200), n) for n in range(1, 4)]
    assert texts(pages) == [[], [], []]


def test_no_pages() -> None:
    assert find_furniture([]) == []
