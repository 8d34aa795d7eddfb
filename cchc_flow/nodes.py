"""The machines that serve one database: each says what it runs by the name of the connection it listens on.

So a machine is known while it lives, and nothing has to be cleared away after one that died.
"""

import hashlib
import socket
from collections.abc import Sequence

import msgspec

from cchc_flow import __version__
from cchc_flow.plugin_host.loading import Plugins

PREFIX = "cchc-node/"
LONGEST_HOST = 24


class Node(msgspec.Struct, frozen=True):
    """What a machine runs: its name, the version of the program, and a digest of its plugins' versions."""

    name: str
    version: str
    plugins: str


def this_node(plugins: Plugins) -> Node:
    """Return what this machine runs."""
    words = "\n".join(
        sorted(f"{name} {about.version} {about.digest}" for name, about in plugins.about.items())
    )
    return Node(
        socket.gethostname()[:LONGEST_HOST], __version__, hashlib.sha256(words.encode()).hexdigest()[:12]
    )


def program_name(plugins: Plugins) -> str:
    """Return the name of the connection on which this machine listens."""
    node = this_node(plugins)
    return f"{PREFIX}{node.version}/{node.plugins}/{node.name}"


def describe_differences(plugins: Plugins, programs: Sequence[str]) -> list[str]:
    """Return a sentence for each listening machine that runs something else than this one."""
    own = this_node(plugins)
    others = {node for words in programs if (node := _parse(words))}
    found = sorted((node for node in others if _differs(own, node)), key=lambda node: node.name)
    return [_difference(own, node) for node in found]


def _differs(own: Node, other: Node) -> bool:
    return (own.version, own.plugins) != (other.version, other.plugins)


def _difference(own: Node, other: Node) -> str:
    if other.version != own.version:
        return (
            f"Máy «{other.name}» chạy phiên bản {other.version}, máy này chạy phiên bản {own.version}:"
            " hãy nâng cấp cho giống nhau."
        )
    return f"Máy «{other.name}» có bộ trình cắm khác máy này: hãy cài cùng các trình cắm, cùng phiên bản."


def _parse(words: str) -> Node | None:
    parts = words.removeprefix(PREFIX).split("/", 2)
    return Node(parts[2], parts[0], parts[1]) if words.startswith(PREFIX) and len(parts) == 3 else None
