"""The kinds of files that hold addresses, each read into a ``Document``. Pure: bytes in.

document       what one file defines and uses
elements       what an element of HTML or SVG uses
html           a page
styles         a style sheet, a style attribute
scripts        what a script imports; import maps, JSON-LD, speculation rules
feeds          XML: sitemap.xml, RSS, Atom, SVG, browserconfig
data           JSON: web manifests, JSON Feed, a search index
server_files   robots.txt, security.txt, _redirects, .htaccess
pdf            links and named places of a PDF
reader         which of them reads a file, by its name
"""
