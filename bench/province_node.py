"""A node of a province: prints its memory at the start, after some communes, after all, after the overview.

`python -m bench.province_node DATA FEW COMMUNE…`; each commune's page is asked for once by the province's
inspector, and the commune is closed again, as one is that nobody has looked at for long. Then the overview of
a day is read that nobody has asked for yet.
"""

import gc
import sys
from datetime import timedelta
from pathlib import Path

from bench.province import OVERVIEW, STILL_READING, sign_in
from cchc_flow import clock
from cchc_flow.web.http.served_workspaces import ServedWorkspaces
from cchc_flow.workflow.calendar import local_day


def memory() -> str:
    """Return the memory of this process that no file stands behind."""
    gc.collect()
    status = Path("/proc/self/status").read_text(encoding="ascii")
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("RssAnon"))
    return f"{int(kilobytes) // 1024} MB"


def main(data: str, few: str, *names: str) -> None:
    """Look at the communes one after the other."""
    client = sign_in(Path(data))
    served: ServedWorkspaces = client.application.extensions["cchc"]
    assert client.get("/healthz").status_code == 200
    print(memory())
    for number, name in enumerate(names, 1):
        assert client.get(f"/{name}/board").status_code == 200
        served.opened.close(name)
        if number == int(few):
            print(memory())
    print(memory())
    day = local_day(clock.now()) - timedelta(days=77)
    while STILL_READING in client.get(f"{OVERVIEW}/figures?as_of={day}").text:
        pass
    print(memory())


if __name__ == "__main__":
    main(*sys.argv[1:])
