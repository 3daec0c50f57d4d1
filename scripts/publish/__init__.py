"""After MkDocs: the built pages in, more files out.

search         the index, and sok/, the texts that hits show a part of
assets         Material's style sheet cut down; files joined, minified, named, compressed
embeds         /badda-in/KEY/: pages without header and menu, for a frame on another site
redirects      pages and ids that have moved or are gone; the short addresses /p/KEY/
catalogue      katalog.json, kontakter.json; schemas/ has their contracts
reviews        granskning.json
feed           andringar.xml, of docs/_data/changes.yml
offline        betanketid.zip: the site to read from a disk
servers        headers, caching, types, redirects for nginx, Apache, IIS, Netlify, Cloudflare
security       .well-known/security.txt
"""
