"""The link validator: any built site in, findings out; ``external`` for the net.

Pure functions over bytes and strings; files, processes, clock and net are handed in from outside.

parse          the uses and ids of a file, whatever its kind
resolve        where an address leads on this site
judge          the rules
check          all files of a site, in processes
place          where in docs/ a fault on a built page is to be mended
exceptions     faults that are known and accepted
report         findings as text, JSON, and what CI shows
"""
