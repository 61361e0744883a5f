"""Which related texts tell one report, and which relations only bridge two reports."""
