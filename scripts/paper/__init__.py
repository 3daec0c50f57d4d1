"""What is made for paper or a projector, out of the built pages.

sections       takes sections out of the pages
composer       sections made fit for paper: numbered sources, lettered links, words
notes          the lists of them at the end
handout        a row of the register, and what a handout's head says
cards          to hang up, carry, write on or point at: poster, pocket card, sheet, card
layouts        a handout as HTML in its form
typeset        that HTML as PDF/UA, the same bytes every time; its look is in handouts.typ
handouts       the PDF files and their list; typesets only what has changed
pdf_ua         PDF/UA as far as a machine sees
slides         the session's slides, out of the plan and the pages
slide_page     the slides as a page: to show, to print with the notes
presentations  that page in the built site
"""
