"""The one error of the readers of files and pages."""

from pipeline.reasons import Reason


class ReadingProblem(Exception):
    """A file or a page cannot be read; `reason` says why, and nothing of the file's text is kept."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason
