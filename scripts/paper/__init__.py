"""What is made for paper or a projector, out of the built pages.

sections       takes sections out of the pages
composer       sections made fit for paper: numbered sources, lettered links, words
layouts        a handout as HTML in its form: sheet, poster, pocket card, card
typeset        that HTML as PDF/UA, the same bytes every time; its look is in handouts.typ
handouts       the PDF files and their list; typesets only what has changed
slides         the session's slides, out of the plan and the pages, as pages of their own
"""
