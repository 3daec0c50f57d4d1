"""What web servers are told: protection, caching, types, redirects; each server's file a module.

headers        what every server says, from one place
nginx          the file to include in a server block, and the command that writes it
folder         what a server reads in the built folder itself: Apache's .htaccess, IIS's web.config
"""
