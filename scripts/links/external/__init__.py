"""The command that asks the net: fetch (the only part that sends) → verdict → history → drift."""
