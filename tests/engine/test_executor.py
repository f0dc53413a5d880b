"""Serial and threaded work: one order of answers, progress, stopping, faults."""

import threading
import time

import pytest

from fenglian.engine.errors import Cancelled
from fenglian.engine.executor import Executor, SerialExecutor, ThreadExecutor, Watch

EXECUTORS: list[Executor] = [SerialExecutor(), ThreadExecutor(1), ThreadExecutor(4)]


@pytest.mark.parametrize("executor", EXECUTORS)
def test_answers_come_in_the_order_of_the_blocks(executor: Executor) -> None:
    assert executor.run(lambda n: n * n, range(20), Watch()) == [n * n for n in range(20)]
    assert executor.run(lambda n: n, list[int](), Watch()) == []


@pytest.mark.parametrize("executor", EXECUTORS)
def test_it_tells_how_far_it_is(executor: Executor) -> None:
    told: list[tuple[int, int]] = []
    executor.run(lambda n: n, range(5), Watch(lambda done, total: told.append((done, total))))
    assert told[0] == (0, 5)
    assert told[-1] == (5, 5)
    assert told == sorted(told)


@pytest.mark.parametrize("executor", EXECUTORS)
def test_it_stops_when_it_is_told_to(executor: Executor) -> None:
    done: list[int] = []

    def work(number: int) -> None:
        done.append(number)
        if len(done) > 3:
            time.sleep(0.02)  # so that whoever watches comes to its turn long before the end

    with pytest.raises(Cancelled) as caught:
        executor.run(work, range(1000), Watch(stopped=lambda: len(done) >= 3))
    assert len(done) < 1000
    assert caught.value.facts["total"] == 1000
    assert "1000" in caught.value.message("zh")


@pytest.mark.parametrize("executor", EXECUTORS)
def test_a_fault_of_one_block_is_raised(executor: Executor) -> None:
    def work(number: int) -> int:
        if number == 2:
            raise ValueError("two")
        return number

    with pytest.raises(ValueError, match="two"):
        executor.run(work, range(50), Watch())


def test_threads_work_side_by_side() -> None:
    together = threading.Barrier(2, timeout=30)
    assert ThreadExecutor(2).run(lambda n: together.wait() >= 0, [1, 2], Watch()) == [True, True]
