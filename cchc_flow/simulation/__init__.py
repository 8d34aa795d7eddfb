"""A simulated year of one commune, for trials and tests: all that can happen to a plan.

A script of actions is generated from a seed first, without any workspace; then the actions are performed in
a workspace, through `commands`.
"""

from cchc_flow.simulation.acting import SimulatedClock
from cchc_flow.simulation.lives import LAST_DAY
from cchc_flow.simulation.year import BEGIN, SEED, TITLE, simulate

__all__ = ["BEGIN", "LAST_DAY", "SEED", "TITLE", "SimulatedClock", "simulate"]
