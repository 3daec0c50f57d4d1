"""The link validator: a built site in, findings out.

html           what a page uses and defines
files          what every other kind of file does: feeds, style sheets, PDFs
resolve        where an address leads on this site
inside         what is wrong with the links of a whole site
rules          every rule, and what breaks one and is accepted for a time
validate       all of it: each fault where in docs/ it is to be mended

net            one question to another host; inner networks are refused
verdict        what an answer means, and what its page says
state          what is known since earlier runs
outside        every address on other hosts, asked politely
"""
