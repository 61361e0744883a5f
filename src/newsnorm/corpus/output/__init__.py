"""
Manage the folder that a job writes to: it is locked, published as a whole, and never overlaps the inputs.

Everything is written below ``.work`` first. A killed job leaves the earlier results unchanged, and ``.work``, from which the next
job continues. `publish` moves the files to their names; ``manifest.json`` comes last and names all of them.
"""
