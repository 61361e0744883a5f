"""
Read the listings of newspaper databases: many documents in one file, each with labelled fields around its text.

`nexis` and `factiva` find the documents of such a file, `record` makes a record of each.
"""
