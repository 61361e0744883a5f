"""Write the results of jobs, with one module per kind of output."""
