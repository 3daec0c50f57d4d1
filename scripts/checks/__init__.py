"""Before the build: docs/ in, findings out. Each can be run alone: python3 scripts/check.py NAME.

pages          front matter, headings, ids, the menu
front_matter   what is promised of a page's description and search words
html           raw HTML: each tag has its counterpart
markup         almost right Markdown, which would be published as plain text
blocks         boxes and lists that Markdown reads as something else
registers      each register as its record's type says; keys that refer to others
sources        citations, macros, statutes, stray addresses
doubt          each question has a level and one place; open boxes are few; no mark beside a number
statutes       the paragraphs in sources.yml against a folder of statutes; never in a build
rules          each rule is written once, and not repeated on other pages
situations     the questions before the steps: in one place, few, short; checklists ask them, too
procedure      the steps: short headings, the act first, whole sentences, a source
ties           a paragraph that the text names is a source of the page
numbers        times, ages, shares and sums without a source
phones         telephone numbers that no contact has, and those typed outside contacts.yml
readings       paragraphs whose wording is another than the one that was read
language       klarspråk: words, abbreviations, sentences
card           the card to the person: each line in each language that is shown
figures        whole rows and maps
dates          days that can be worked out, with what their texts fill in
guide          the decision tree: no dead end, no loop, a page for each node
supplements    a municipality's own lines: dates, sections, what to read again
changes        changes.yml; law_changes.yml: pages are reviewed before a law that they cite changes
settings       mkdocs.yml: what no field can say alone; takes the settings, in a build
hidden         hidden pages: what leads to them; takes the settings, in a build
schemas        the schema files as the fields' types would have them; never in a build
reviews        pages past their review date
"""
