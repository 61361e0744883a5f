"""
Show a finished run as one page; `job` combines the steps.

`scan` reads every article once to count it and draw the sample; `raw_texts` finds the raw texts of the sample in the inputs;
`rule_texts` words the rules; `page` fills the page up to its size limit.
"""
