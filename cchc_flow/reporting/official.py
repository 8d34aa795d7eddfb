"""Who issues the commune's documents, from where, and who signs them."""

from typing import TypedDict

from sqlite_utils import Database

from cchc_flow.documents.blocks import Signature
from cchc_flow.projections import directory, settings
from cchc_flow.workspace import Workspace

COMMITTEE = "Ủy ban nhân dân"
KINDS = ("xã", "phường", "đặc khu")


class Letterhead(TypedDict):
    """What stands at the head of each document of the commune; see `Document`."""

    issuer: str
    place: str


def letterhead(ws: Workspace) -> Letterhead:
    """Return who issues the commune's documents, and the place that stands before the day."""
    return Letterhead(issuer=issuer(ws), place=place(ws))


def issuer(ws: Workspace) -> str:
    """Return the agency that issues the commune's documents: «Ủy ban nhân dân xã Ea Drông»."""
    return f"{COMMITTEE} {commune(ws)}"


def commune(ws: Workspace) -> str:
    """Return the name of the commune, without a remark in brackets that tells workspaces apart."""
    return ws.title.partition("(")[0].strip() or ws.title


def place(ws: Workspace) -> str:
    """Return the place that stands before the day: the commune's name without its kind."""
    name = commune(ws)
    for kind in KINDS:
        if name.casefold().startswith(f"{kind} "):
            return name[len(kind) :].strip()
    return name


def signature(db: Database) -> Signature:
    """Return who signs for the committee: by the setting; what it leaves open is as the directory has it.

    The name stays open unless there is just one leader. A deputy signs for the chairman (KT.), as the decree
    prescribes.
    """
    chosen, found = settings.effective_settings(db).documents, _only_leader(db)
    return Signature(chosen.signer_lines or found.lines, chosen.signer or found.name)


def _only_leader(db: Database) -> Signature:
    leaders = [person for person in directory.people(db) if person.active and "leader" in person.roles]
    leader = leaders[0] if len(leaders) == 1 else None
    if leader and leader.title and leader.title.casefold().startswith("phó chủ tịch"):
        return Signature((f"TM. {COMMITTEE}", "KT. Chủ tịch", "Phó Chủ tịch"), leader.name)
    return Signature((f"TM. {COMMITTEE}", "Chủ tịch"), leader.name if leader else "")
