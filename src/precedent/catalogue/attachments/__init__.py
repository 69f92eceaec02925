"""Files that people attach: what they are by their content, cleaned of what runs or tells on people, and kept.

A file is opened in a process of its own, with limits (`apart`); what comes back was written anew by us. Who
attached what to which draft does not belong here.
"""
