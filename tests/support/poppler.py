"""The words of a PDF, read by another program than the one that wrote it."""

import subprocess


def words_of(pdf: bytes, layout: str) -> bytes:
    """Its text in UTF-8; *layout* is one of pdftotext's own, as ``-raw``."""
    command = ["pdftotext", layout, "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout
