"""
Work on tasks in other processes, in order; a bad task does not affect others.

This package knows nothing about articles.
"""

from newsnorm.corpus.workers.in_order import work_in_order
from newsnorm.corpus.workers.tasks import Done, LossCode, Lost, StartMethod, Task, WorkerOptions

__all__ = ["Done", "LossCode", "Lost", "StartMethod", "Task", "WorkerOptions", "work_in_order"]
