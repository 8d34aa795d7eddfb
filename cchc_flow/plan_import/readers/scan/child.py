"""The process that becomes Tesseract, which reads the pictures in one folder and may do nothing else."""

import os
import sys
from pathlib import Path

from cchc_flow.plan_import.readers.scan.drawings import LIST
from cchc_flow.sandbox import RECOGNISING, give_up_rights

SYSTEM = ("/usr", "/lib", "/lib64", "/bin", "/etc", "/dev", "/proc")
"""Where Tesseract, its data and what it needs of the system lie."""


SPARSE_TEXT = "11"
"""Tesseract looks for words wherever they stand: what is a column or a cell is told by their places."""


def main(folder: str, program: str) -> None:
    """Become Tesseract, which writes the words of the pictures to standard output as hOCR."""
    system = tuple(path for path in (*map(Path, SYSTEM), Path(program).parent) if path.is_dir())
    give_up_rights(RECOGNISING, Path(folder), programs=system)
    command = [program, str(Path(folder) / LIST), "stdout", "-l", "vie", "--psm", SPARSE_TEXT, "hocr"]
    settings = {"OMP_THREAD_LIMIT": "1", "LANG": "C.UTF-8", "PATH": os.defpath}
    os.execve(program, command, settings)  # noqa: S606  # nosec B606  # Tesseract, with fixed arguments


if __name__ == "__main__":
    main(*sys.argv[1:])
