"""The link validator: a built site in, findings out.

files          what a page, a list, a feed or a sheet uses and defines
resolve        where an address leads on this site
suggest        "Menade du …?"
inside         what is wrong with the links of a whole site
place          where in docs/ a fault on a built page is to be mended
exceptions     faults that are known and accepted for a time
report         every rule, and findings as text or Markdown
validate       all of it: a site, its sources and exceptions

net            one question to another host; inner networks are refused
verdict        what an answer means, and what its page says
state          what is known since earlier runs
outside        every address on other hosts, asked politely
"""
