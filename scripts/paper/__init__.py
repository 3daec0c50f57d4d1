"""Handouts and slides: what is made for paper or a projector, from the built pages.

sections       take sections out of the pages
composer       make sections fit for paper: no marks of sources, steps cut to their first sentences
layouts        compose a handout as HTML in its form: sheet, poster, pocket card, card
typeset        typeset that HTML as PDF/UA, the same bytes every time; its look is in handouts.typ
form_fields    make links of a PDF form fields
thumbnails     render a PDF's first page as a small picture
handouts       add the PDF files and their list to the site; typeset only what has changed
slides         add the session's slides, from the plan and the pages, as pages of their own
"""
