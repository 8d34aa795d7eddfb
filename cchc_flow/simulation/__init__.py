"""A simulated year of one commune: all that can happen to a plan, told by a seed, for trials and tests.

The story is worked out first, without any workspace; then its people act it out through `commands`.
"""

from cchc_flow.simulation.acting import SimulatedClock
from cchc_flow.simulation.lives import LAST_DAY
from cchc_flow.simulation.year import BEGIN, SEED, TITLE, simulate

__all__ = ["BEGIN", "LAST_DAY", "SEED", "TITLE", "SimulatedClock", "simulate"]
