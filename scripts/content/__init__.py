"""docs/ as data: pages, registers, prose. Knows nothing of what is made of them.

content        reads docs/: pages with front matter, and the registers in docs/_data/
statutes       how sources.yml holds acts and paragraphs; a folder of statutes as Markdown
law_changes    which changes of the law concern a source, and the line that says so
figure_kinds   the figures' fields and limits, as types
phones         how a registered telephone number is found in text
prose          a page's text without its markup
"""
