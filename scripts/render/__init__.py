"""Markdown to HTML: Python-Markdown extensions, and the macros that render registers.

extension      registers the processors below with Python-Markdown
macro          render context of macros; base class of tree processors
macros         the macros, by name: their renderers and arguments
structure      table cells, admonitions, numbered steps, the questions before the steps
citations      citations, source lists, tel: links
glossary       explanations of glossary terms at their first use on a page
title          the notice of a coming law change, and the page's stage of the work
sources        the list of all sources; a source's dates; a URL on paper
law            statutes verbatim, with the pages that cite each section
contacts       cards and lists of contacts; tel: links in HTML
guide          a question or an outcome as a page; the whole guide on one page
situations     the questions before a page's steps
doubt          open questions: open, folded, or at the page's foot
figures        figures: steps, tables, boxes, bars, signs
checklists     a checklist as page and as plain text
index          the alphabetical index
links          addresses and iframe code to copy
reports        lists of law changes and short addresses, and the data of the date form
"""
