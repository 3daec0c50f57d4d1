"""After MkDocs: the built pages in memory, changed and saved once; more files beside them.

A step takes (content, built site, config) and returns findings; steps.py has them in their order.

mkdocs         runs MkDocs: the whole site, or some pages of it
built          the built site: each page parsed once, changed as nodes, written once
search         a package: the index, the engine, and sok/, the texts that hits show a part of
hidden         pages that don't apply to a publisher: out of menu, search, lists and files
look           a publisher's own colours, checked for contrast
around         what stands round a page's text: styles, scripts, contents, the law's day
assets         styles and scripts joined, minified, named by their content
redirects      redirects.yml: what has moved or is gone; the pages of short addresses
sitemap        sitemap.xml
checklists     each checklist as a text file
feed           andringar.xml, of docs/_data/changes.yml
harmless       the judge of the built pages, and the policy for content in each
offline        KEY.zip: the site to read from a disk
policy         the Content-Security-Policy of the pages
server_files   headers, caching, types for web servers: servers/ has a file for each
security       .well-known/security.txt
addresses      what others may link to: pages, places, short addresses
promise        permalinks.txt, the promise to those who link, beside what docs/ has
live           shows a built folder on this machine, and what would stop a build
swap           puts a new site in the place of the old one
"""
