"""Python-Markdown extensions: what a page of docs/ becomes.

extension      citations, source lists, tel: links, explained words, macros
structure      what a table's cells are, a box's name, lists of steps
macros         the macros' names, and the function behind each
law_notice     what will change in the law, under a page's title
registers      most macros: a register in, Markdown out
guide          a question or an answer as a page; the whole tree as text and diagram
doubt          what isn't known, as loud as it matters: open, folded, or at the page's foot
figures        steps, tables with answers, boxes, bars, the map of counties, signs
checklists     a checklist as page and paper, box, plain text
index          words and questions in alphabetical order
law_changes    changes of the law, how sure, and the pages that rest on them
links          addresses to copy and frames to paste, for those who link here
"""
