"""What a server does every few seconds goes on whatever one of its jobs raises."""

import pytest

from cchc_flow.web.upkeep import Upkeep


def test_a_job_that_fails_keeps_no_other_back_and_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    done: list[int] = []

    def fail() -> None:
        raise ValueError("broken")

    upkeep = Upkeep([fail, lambda: done.append(1)])
    for _ in range(3):
        upkeep.do_jobs()
    assert done == [1, 1, 1]
    assert len(caplog.records) == 1 and caplog.records[0].exc_info


def test_its_thread_does_the_jobs_until_it_is_stopped() -> None:
    upkeep = Upkeep([lambda: upkeep.stop()], every=0.001)
    thread = upkeep.start()
    thread.join(5)
    assert not thread.is_alive()
