"""
Work on tasks in other processes, in order; one bad task costs itself.

The room knows nothing of articles.
"""

from newsnorm.corpus.workers.in_order import work_in_order
from newsnorm.corpus.workers.tasks import Done, LossCode, Lost, StartMethod, Task, WorkerOptions

__all__ = ["Done", "LossCode", "Lost", "StartMethod", "Task", "WorkerOptions", "work_in_order"]
