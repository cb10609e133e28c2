"""PDFium's functions called with plain integers, for what is asked once per character or object."""

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium_c


def plain_function(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    """PDFium's function `name`, taking and giving plain integers: a fraction of the cost of typed pointers."""
    address = ctypes.cast(getattr(pdfium_c, name), ctypes.c_void_p).value or 0
    function: Callable[..., Any] = ctypes.CFUNCTYPE(result, *arguments)(address)
    return function
