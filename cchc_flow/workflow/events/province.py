"""Provinces and their communes: membership and visits are in a commune's log, the others in a province's."""

from cchc_flow.workflow.events.base import Content, Data, Evidence


class ProvinceFounded(Data, frozen=True, kw_only=True):
    """This workspace is that of a province: it reads the pages of communes that joined it."""

    name: str


class CommuneListed(Data, frozen=True, kw_only=True):
    """The province lists a commune: one whose workspace it is `founding`, or one that exists and may join."""

    workspace: str
    code: str
    name: str
    kind: str
    founding: bool


class CommuneUnlisted(Data, frozen=True, kw_only=True):
    """The province does not list a commune any more, and reads nothing of it from then on."""

    workspace: str


class ProvinceJoined(Data, frozen=True, kw_only=True):
    """The commune joined a province, whose people may read its pages from then on.

    `key` is that of the opening event of the province's log, which tells it from another of the same name.
    """

    province: str
    name: str
    key: str
    code: str | None


class ProvinceLeft(Data, frozen=True, kw_only=True):
    """The commune left its province, whose people read nothing of it from then on."""

    province: str


class ProvinceVisited(Data, frozen=True, kw_only=True):
    """Somebody of the province began to read the commune's pages, under this name and with these roles.

    `person` is login@workspace of the province, as the log of reads names the person.
    """

    person: str
    name: str
    title: str | None
    roles: tuple[str, ...]


class ProvinceTemplateIssued(Data, frozen=True, kw_only=True):
    """The province issued a template from which its communes make their plans of a year.

    A changed one is another template that takes the place of the first. `draft` is what the province decided
    when it checked the reading, as JSON.
    """

    template: str
    edition: int
    replaces: str | None
    year: int
    number: str | None
    title: str
    document: Evidence
    document_digest: str
    draft: Content | None


class ProvinceTemplateGiven(Data, frozen=True, kw_only=True):
    """The province gives a template to communes; the log of each says when it was received there."""

    template: str
    communes: tuple[str, ...]
