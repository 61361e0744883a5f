"""
The folder that a job writes to: locked, finished as a whole, and never on top of its own inputs.

Everything is written below ``.work`` first. A job that is killed leaves the earlier results as they were, and ``.work``, from
which the next one goes on. `publish` moves the files to their names; ``manifest.json`` comes last and names all of them.
"""
