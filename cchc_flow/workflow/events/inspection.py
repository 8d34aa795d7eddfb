"""The samples of an inspection; the inspection itself, and what it finds, are items."""

import msgspec

from cchc_flow.workflow.events.base import Data
from cchc_flow.workflow.sampling import Stratum


class SampledItem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An item of a sample, with the stratum for which it was drawn."""

    stratum: str
    item: str


class SamplePlanned(Data, frozen=True, kw_only=True):
    """An inspector laid down how a sample is drawn, before anybody can know which items it will have.

    `units`, `plan` and `area` narrow the population, which is that of the `position`; `digest` is that of
    `sampling.population_digest`. `after` is the moment from which the checkpoint of the seed is the first,
    `commitment` the SHA-256 (hex) of the inspector's secret. Confidence and rate are in percent.
    """

    audit: str
    kind: str
    basis: str
    first: str
    last: str
    units: tuple[str, ...]
    plan: str | None
    area: str | None
    by: str
    position: int
    population: int
    digest: str
    confidence: str
    rate: str
    strata: tuple[Stratum, ...]
    after: str
    commitment: str


class SampleDrawn(Data, frozen=True, kw_only=True):
    """A sample was drawn: `planned` is the event with its rule, `size` and `root` are the checkpoint's."""

    audit: str
    planned: str
    size: int
    root: str
    secret: str
    seed: str
    items: tuple[SampledItem, ...]
