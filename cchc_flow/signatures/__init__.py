"""Digital signatures of PDFs: what can be told of those that are there, and setting new ones.

It needs the extra `sign` (pyHanko). No word of it promises more than was checked: nobody is asked whether a
certificate was revoked, and a certificate that vouches for itself is called that.
"""
