"""
Show a finished run as one page: `job` puts the steps together.

`scan` looks at every article once, counts it and draws the sample; `raw_texts` finds the raw texts of the sample in the inputs;
`rule_texts` words the rules; `page` fills the page with as much as there is room for.
"""
