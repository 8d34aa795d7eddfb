"""What sentences call the things that events name by key: people, units, steps, plugins, figures, rules."""

from sqlite_utils import Database

from cchc_flow.plugins import Plugins
from cchc_flow.projections import directory, rules, workflows
from cchc_flow.soundness import brought
from cchc_flow.workspace import Workspace


def everything(ws: Workspace, db: Database) -> dict[str, str]:
    """Return the names of all that a sentence may tell of; a plugin that is gone has left only its title."""
    titles = {f"plugin:{one.name}": one.title for one in rules.known(db).values()}
    return directory.names(db) | workflows.words(db) | titles | _of_plugins(ws.plugins)


def _of_plugins(known: Plugins) -> dict[str, str]:
    """Return the titles and units of all figures, and the words of all rules, by plugin and key."""
    found = brought(known)
    titles = {f"figure:{plugin}.{one.key}": one.title for plugin, one in found.figures}
    units = {f"unit:{plugin}.{one.key}": one.unit for plugin, one in found.figures}
    return titles | units | {f"rule:{plugin}.{one.key}": one.words for plugin, one in found.rules}
