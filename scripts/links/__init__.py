"""The link validator: a built site in, findings out.

html           the links and ids of a page
files          the same of the other kinds of files: feeds, stylesheets, PDFs
resolve        an address → a file of the site, or another host
inside         the findings of the links of a whole site
sources        where a link or id is written in docs/
rules          every rule, and the exceptions that are accepted for a time
validate       all of it, as findings at the lines of docs/

net            requests to other hosts
verdict        the classification of a response, and the text of its page
state          the results of earlier runs
outside        the findings of the addresses on other hosts
"""
