"""docs/ as data: pages, registers, prose. Knows nothing of what is made of them.

content        docs/ as a whole, read once: pages, registers, what could not be read
files          what may lie in docs/
page           a page: front matter, body, citations, macros
registers      the registers in docs/_data/, and on which line each value stands
fields         what a record's fields may be, read off its type, and the one validator
kinds          the kinds of fields that registers share
records        the registers' records, as types; the table of registers
sources        sources, acts with paragraphs, changes of the law, as types
made           handouts, slides, the card, frames, as types
rules          what the checks of facts and language are told, as types
markdown       citations, macros, headings; text without its code
yaml_file      UTF-8 and YAML, with a finding for what can't be read
edit           YAML without some of its rows, or with some more; the rest stands as it did
choices        the words an editor may choose among, and what a reader sees for each
guide          the guide's questions, outcomes, and the ways between them
figures        what a figure shows of other registers, and whether it adds up
embeds         the frames: a page of ours that another site may show
statutes       how sources.yml holds acts and paragraphs; a folder of statutes as Markdown
law_changes    which changes of the law concern a source, and the line that says so
card           the card to the person: its languages, and which may be shown
figure_kinds   the figures' fields and limits, as types
phones         how a registered telephone number is found in text
prose          a page's text without its markup
"""
