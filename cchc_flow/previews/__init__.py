"""What a file of evidence shows, told and drawn by a process of its own that may do nothing else.

Files come from people and stay attachments; here only text and pictures made of them leave the process.
"""
