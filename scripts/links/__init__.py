"""The link validator's parts: parse → resolve → judge → report, and ``external`` for the net.

Pure functions over bytes and strings; files, processes, clock and net are handed in from outside.
"""
