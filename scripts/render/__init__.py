"""Python-Markdown extensions: what a page of docs/ becomes.

extension      where each of the others stands in Python-Markdown; links from the root of docs/
structure      what a table's cells are, a box's name, lists of steps
macro          what a macro and a tree processor are given
macros         the macros, by name: what renders each
citations      citations, source lists, tel: links
glossary       the glossary, and words explained where they first stand
title          what will change in the law, and the steps of the work, round a page's text
sources        the list of sources; how old a wording is; an address on paper
contacts       cards of contacts, counties and regions; numbers to call first; tel: links
guide          a question or an answer as a page; the whole tree as text and diagram
doubt          what isn't known, as loud as it matters: open, folded, or at the page's foot
figures        steps, tables with answers, boxes, bars, the map of counties, signs
checklists     a checklist as page and paper, box, plain text
index          words and questions in alphabetical order
links          addresses to copy and frames to paste, for those who link here
reports        lists of what the site has: reviews, changes, changes of the law and the pages that
               rest on them, files, handouts, what is left to do
"""
