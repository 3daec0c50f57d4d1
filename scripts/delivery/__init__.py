"""Files beside the built pages, for those who receive the site: readers without a server, programs,
web servers.

offline        KEY.zip: the site to read from a disk
feed           andringar.xml (Atom), from docs/_data/changes.yml
sitemap        sitemap.xml
server_files   headers, caching and types for web servers; servers/ has a file for each
security       .well-known/security.txt (RFC 9116)
"""
