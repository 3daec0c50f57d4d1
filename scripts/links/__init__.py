"""The link validator: any built site in, findings out; ``external`` for the net.

Pure functions over bytes and strings; files, processes, clock and net are handed in from outside.

formats/       the uses and ids of a file, whatever its kind
rules          the rules' names
resolve        where an address leads on this site
judge          what is wrong with one use
suggest        "Menade du …?"
worker         a file judged after the other
check          all files of a site, in processes
place          where in docs/ a fault on a built page is to be mended
exceptions     faults that are known and accepted
validate       all of it: a built site in, findings out
baseline       what was known before
changed        which sources have changed in git
report         findings as text, JSON, and what CI shows
external/      the same for addresses on other hosts
"""
