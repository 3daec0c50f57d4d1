"""Handouts and slides: documents for paper or a projector, made from the built pages.

sections       extracts sections from the pages
composer       prepares sections for paper: removes citation marks, shortens steps
layouts        composes a handout as HTML in its form: sheet, poster, pocket card, card
typeset        typesets that HTML as PDF/UA, reproducibly; the design is in handouts.typ
form_fields    turns links of a PDF into form fields
thumbnails     renders a PDF's first page as a small picture
handouts       adds the PDF files and their list to the site; typesets only what has changed
slides         adds the slides of the session, from its plan and the pages, as pages
slide_size     estimates a slide's lines, and chooses the size of its text
"""
