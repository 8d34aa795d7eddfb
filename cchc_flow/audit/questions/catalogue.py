"""All questions that are ready to ask: those of the core, and those that plugins bring."""

from collections.abc import Sequence

import msgspec
from sqlite_utils import Database

from cchc_flow.audit.questions import approving, deciding, figures, timing, ways
from cchc_flow.audit.questions.asking import ReadyQuestion
from cchc_flow.errors import NotFound
from cchc_flow.plugin_host.contributions import collect
from cchc_flow.projections.rules import enabled_plugins
from cchc_flow.question_values import Question
from cchc_flow.workspace import Workspace

CORE: tuple[ReadyQuestion, ...] = (
    *deciding.QUESTIONS,
    *approving.QUESTIONS,
    *timing.QUESTIONS,
    *ways.QUESTIONS,
    *figures.QUESTIONS,
)
OF_AREA = "Lĩnh vực"


class Offered(msgspec.Struct, frozen=True):
    """A question that can be asked under a `name`, with the title of its group.

    It is one of the core (`ready`) or of a plugin.
    """

    name: str
    group: str
    question: Question
    ready: ReadyQuestion | None = None
    plugin: str = ""


def offered_questions(ws: Workspace, db: Database) -> list[Offered]:
    """Return the questions in the order in which they are shown; of plugins only of those switched on."""
    own = [Offered(ready.question.key, ready.group, ready.question, ready) for ready in CORE]
    enabled = enabled_plugins(db)
    others = [
        Offered(f"{plugin}.{question.key}", _group(ws, plugin), question, plugin=plugin)
        for plugin, question in collect(ws.plugins).questions
        if plugin in enabled
    ]
    return own + others


def find_question(ws: Workspace, db: Database, name: str) -> Offered:
    """Return the question with a name; raise NotFound."""
    for offered in offered_questions(ws, db):
        if offered.name == name:
            return offered
    raise NotFound(f"Không có câu hỏi «{name[:80]}».", "Hãy chọn trong danh sách các câu hỏi có sẵn.")


def groups_of(offered: Sequence[Offered]) -> dict[str, list[Offered]]:
    """Return the questions by the title of their group, in order."""
    groups: dict[str, list[Offered]] = {}
    for one in offered:
        groups.setdefault(one.group, []).append(one)
    return groups


def _group(ws: Workspace, plugin: str) -> str:
    return f"{OF_AREA}: {ws.plugins.about[plugin].title}"
