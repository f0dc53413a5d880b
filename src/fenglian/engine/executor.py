"""Who does a long piece of work, block by block, and how does one watch or stop it?

The answers come back in the order of the blocks and are the same to the last bit, whoever works.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Protocol, TypeVar

from fenglian.engine.errors import Cancelled

Block = TypeVar("Block")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Watch:
    """What is told while work goes on, and what may end it."""

    advance: Callable[[int, int], None] = lambda done, total: None  # blocks
    stopped: Callable[[], bool] = lambda: False

    def check(self, done: int, total: int) -> None:
        """Tell how far it is; raise where it is to stop."""
        self.advance(done, total)
        if done < total and self.stopped():
            raise Cancelled(done=done, total=total)


class Executor(Protocol):
    """Maps blocks of work to results."""

    def run(
        self, work: Callable[[Block], Result], blocks: Sequence[Block], watch: Watch
    ) -> list[Result]:
        """Return the results in the order of the blocks.

        Raises
        ------
        Cancelled
            Where the watch stops it; nothing is returned of what was done.
        """
        ...


@dataclass(frozen=True, slots=True)
class SerialExecutor:
    """Does one block after the other, here."""

    def run(
        self, work: Callable[[Block], Result], blocks: Sequence[Block], watch: Watch
    ) -> list[Result]:
        """Return the results in the order of the blocks."""
        results: list[Result] = []
        watch.check(0, len(blocks))
        for block in blocks:
            results.append(work(block))
            watch.check(len(results), len(blocks))
        return results


@dataclass(frozen=True, slots=True)
class ThreadExecutor:
    """Does several blocks at once; worth it where the work lets go of the interpreter's lock."""

    threads: int

    def run(
        self, work: Callable[[Block], Result], blocks: Sequence[Block], watch: Watch
    ) -> list[Result]:
        """Return the results in the order of the blocks."""
        watch.check(0, len(blocks))
        with ThreadPoolExecutor(max_workers=self.threads) as pool:
            futures = [pool.submit(work, block) for block in blocks]
            try:
                self._watch(futures, watch)
            except BaseException:
                pool.shutdown(wait=True, cancel_futures=True)
                raise
        return [future.result() for future in futures]

    def _watch(self, futures: list[Future[Result]], watch: Watch) -> None:
        waiting: set[Future[Result]] = set(futures)
        while waiting:
            finished, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            for each in finished:
                each.result()  # a fault of one block ends the others
            watch.check(len(futures) - len(waiting), len(futures))
