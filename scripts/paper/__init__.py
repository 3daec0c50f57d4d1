"""What is made for paper or a projector, out of the built pages.

sections       takes sections out of the pages
layouts        a handout as clean HTML: numbered sources, lettered links, words
typeset        that HTML as PDF/UA, the same bytes every time
tags           mends what WeasyPrint's tags lack
handouts       the PDF files and their list; typesets only what has changed
pdf_ua         PDF/UA as far as a machine sees
slides         the session's slides, out of the plan and the pages
"""
