"""Write the results of jobs: one module for each kind of output, all into an `OutputFolder`."""
