"""The built pages: read into memory after MkDocs, changed by the page steps, written once.

A page step takes (content, site, config) and returns findings; pipeline.py runs them in order.

mkdocs           runs MkDocs
hooks            MkDocs hooks: the pages that MkDocs builds are those that were read
html_site        the pages MkDocs wrote, each parsed on demand and written once
page_chrome      assets, table of contents, sources and law date of each page
hidden           pages that don't apply to a publisher: out of menu, search, lists and files
theme_colors     a publisher's own colours, checked for contrast
assets           styles and scripts: joined, minified, named by their hash
search           a package: the search index, and the text files that hits show a part of
redirects        redirect pages of redirects.yml, and pages of short addresses
checklists       each checklist as a text file
html_policy      allow-list check of the built HTML, and detection of unrendered Markdown
csp              the Content-Security-Policy of the pages
addresses        addresses that others may link to: pages, anchors, short addresses
permalinks       permalinks.txt: every registered address must keep resolving
preview_server   serves a built folder on this machine, with the findings of the last build
swap             replaces the old site with the new one
"""
