#!/usr/bin/env bash
# pm4py 2.7.23.11: token-based replay calls a history that the net allows unfit, behind a silent first step.
#
# Guess: token-based replay and alignments agree on which traces fit perfectly: a trace that the net can produce
#   has fitness 1.0 by both, whether the net begins with a silent step (as one converted from BPMN does) or not.
# Seen: a task is assigned, may be assigned anew while it is under way, and is closed. Of assign, start, close,
#   which the net produces, token-based replay says 0.75 and alignments 1.0. The replay finds no token where it
#   looks first and fires the other transition of the same name, which is not enabled, instead of the silent
#   step. Without the silent step both say 1.0. So a fitness below 1 is no proof of a step out of order: names
#   of steps have to be told apart, or alignments be asked.
# Output seen: see EXPECTED. Exits 1 if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pm4py==2.7.23.11 2>/dev/null
cat > "$folder/replay.py" <<'PY'
import warnings

warnings.simplefilter("ignore")
import pandas
import pm4py
from pm4py.objects.petri_net.obj import Marking, PetriNet
from pm4py.objects.petri_net.utils.petri_utils import add_arc_from_to


def net(is_silent):
    """Return the net of a task that may be assigned anew, begun by a silent step or not."""
    net = PetriNet("task")
    places = {name: PetriNet.Place(name) for name in ("source", "opened", "assigned", "under way", "sink")}
    net.places.update(places.values())

    def step(name, label, before, after):
        transition = PetriNet.Transition(name, label)
        net.transitions.add(transition)
        add_arc_from_to(places[before], transition, net)
        add_arc_from_to(transition, places[after], net)

    if is_silent:
        step("begin", None, "source", "opened")
    step("assign", "assign", "opened", "assigned")
    step("start", "start", "assigned", "under way")
    step("assign anew", "assign", "under way", "assigned")
    step("close", "close", "under way", "sink")
    first = places["source" if is_silent else "opened"]
    if not is_silent:
        net.places.remove(places["source"])
    return net, Marking({first: 1}), Marking({places["sink"]: 1})


steps = ["assign", "start", "close"]
log = pandas.DataFrame({
    "case:concept:name": ["1"] * 3,
    "concept:name": steps,
    "time:timestamp": pandas.to_datetime(["2026-01-05", "2026-01-06", "2026-01-07"], utc=True),
})
for is_silent in (True, False):
    tokens = pm4py.fitness_token_based_replay(log, *net(is_silent))["log_fitness"]
    aligned = pm4py.fitness_alignments(log, *net(is_silent))["log_fitness"]
    print("silent step" if is_silent else "none", f"tokens {tokens:.2f}", f"alignments {aligned:.2f}")
PY
seen=$("$folder/venv/bin/python" "$folder/replay.py" 2>/dev/null)
EXPECTED='silent step tokens 0.75 alignments 1.00
none tokens 1.00 alignments 1.00'
echo "$seen"
[ "$seen" = "$EXPECTED" ] || { echo "this is no longer so" >&2; exit 1; }
