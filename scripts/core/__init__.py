"""Shared utilities. Depends on no other package, nor on docs/ or site/.

arguments      command lines with Swedish messages
environment    creates .venv from the lock file, on a bare Python; printing; locks; exit codes
findings       the Finding type; how findings are formatted and counted
git            the commit that a folder is checked out from
language       UI strings in other languages than Swedish
phone          telephone numbers: recognise, normalise, validate, tel: URIs
swedish        dates in words, sort order, word forms, suggestions for typos
templates      renders the Jinja templates beside their modules
verbs          whether a Swedish sentence has a finite verb
"""
