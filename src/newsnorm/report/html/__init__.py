"""
Show a corpus as a single HTML file that loads nothing over the network.

`figures` counts the articles of a corpus, and `sample` chooses those to show. `articles`, `joins`, `related` and `index` turn
them into data for the page, `overview` and `charts` draw the figures, and `page` puts everything into ``page.html``, with
``page.css`` and the scripts beside it. `summary` states what was counted and what is shown.
"""
