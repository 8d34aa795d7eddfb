"""Find plugins, events and templates: beside the package in a checkout, inside it in a wheel."""

from pathlib import Path

PACKAGE = Path(__file__).parent
ROOT = PACKAGE.parent if (PACKAGE.parent / "pyproject.toml").is_file() else PACKAGE


def folder(name: str) -> Path:
    """Return the folder called `name`; raise FileNotFoundError when this installation lacks it."""
    path = ROOT / name
    if not path.is_dir():
        raise FileNotFoundError(path)
    return path
