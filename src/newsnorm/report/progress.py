"""Word the progress of a run."""

from __future__ import annotations

from newsnorm.records.accounts import RunProgress
from newsnorm.text.counting import many


def progress_line(progress: RunProgress, seconds: float) -> str:
    """
    Word the progress of a run in one line.

    Args:
        progress: the counts.
        seconds: how long the run has taken so far.

    >>> progress_line(RunProgress(stage="parse", done=50, total=200, records=1_200, failed=3, parts=2), 60.0)
    'parse: 25 %, about 3 min left; 1,200 records (20 a second), 3 errors, 2 parts'

    Work that an earlier run had finished does not count towards the rate:

    >>> gone_on = RunProgress(stage="parse", done=50, total=200, records=1_200, failed=3, parts=2, kept=600, kept_done=25)
    >>> progress_line(gone_on, 60.0)
    'parse: 25 %, about 6 min left; 1,200 records (10 a second), 3 errors, 2 parts'

    """
    share = f"{progress.stage}: {_share(progress, seconds)}"
    if progress.stage == "learn":  # there is nothing to count yet
        return share
    rate = f"{(progress.records - progress.kept) / seconds:,.0f} a second" if seconds > 0 else "no rate yet"
    counts = f"{many(progress.records, 'record')} ({rate}), {many(progress.failed, 'error')}, {many(progress.parts, 'part')}"
    return f"{share}; {counts}"


def _share(progress: RunProgress, seconds: float) -> str:
    """Word the share that is done, and the time left at the present rate."""
    here = progress.done - progress.kept_done
    if not 0 < progress.done < progress.total or here <= 0:
        return f"{progress.done:,} of {progress.total:,}"
    left = seconds * (progress.total - progress.done) / here
    return f"{progress.done * 100 // progress.total} %, about {_duration(left)} left"


def _duration(seconds: float) -> str:
    """
    Word a duration, to the minute or the second.

    >>> _duration(42), _duration(600), _duration(9_000)
    ('42 s', '10 min', '2 h 30 min')
    """
    if seconds < 100:
        return f"{seconds:.0f} s"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
