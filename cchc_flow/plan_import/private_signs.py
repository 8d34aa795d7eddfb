"""The signs of symbol fonts that stand in a text without their font: letters of Unicode's private area."""

from collections.abc import Mapping
from types import MappingProxyType

PRIVATE_SIGNS: Mapping[str, str] = MappingProxyType(
    {
        "\uf02b": "+",
        "\uf02d": "-",
        "\uf06f": "□",
        "\uf076": "❖",
        "\uf0a7": "▪",
        "\uf0a8": "☐",
        "\uf0b7": "•",
        "\uf0d8": "➢",
        "\uf0fc": "✓",
        "\uf0fe": "☑",
    }
)
"""What each shows in Wingdings, or in Symbol, from which bullets and dashes come."""
