"""A feed or an article page as bytes, read into plain values. No network, no database, no page.

``read_feed`` of reader.py and ``read_page`` of page.py are the two doors; nothing but ``Unreadable`` comes out of them.
"""
