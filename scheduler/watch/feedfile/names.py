"""The names that feeds use: their namespaces, and which element fills which field.

A name is written as ``prefix:local`` in small letters, with the prefix that everybody uses; the core names of RSS,
Atom and CDF have none. The addresses are those that feedparser knows (kurtmckee/feedparser, mixin.py).
"""

from __future__ import annotations

CORE = (
    "http://backend.userland.com/rss",
    "http://blogs.law.harvard.edu/tech/rss",
    "http://purl.org/rss/1.0/",
    "http://purl.org/net/rss1.1#",
    "http://my.netscape.com/rdf/simple/0.9/",
    "http://channel.netscape.com/rdf/simple/0.9/",
    "http://my.netscape.com/publish/formats/rss-0.91.dtd",
    "http://example.com/newformat#",
    "http://example.com/necho",
    "http://purl.org/echo/",
    "uri/of/echo/namespace#",
    "http://purl.org/pie/",
    "http://purl.org/atom/ns#",
    "http://purl.org/rss/1.0/modules/rss091#",
    "http://www.sitemaps.org/schemas/sitemap/0.9",
    "http://www.google.com/schemas/sitemap/0.84",
)
MODULES = {
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/elements/1.0/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://example.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.google.com/schemas/play-podcasts/1.0": "googleplay",
    "http://search.yahoo.com/mrss": "media",
    "http://search.yahoo.com/mrss/": "media",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/xml/1998/namespace": "xml",
    "http://www.google.com/schemas/sitemap-news/0.9": "news",
}
# Undeclared prefixes are read as if declared: a feed that forgot its xmlns still means the same.
USUAL = {prefix: prefix for prefix in MODULES.values()} | dict.fromkeys(
    ("", "atom", "atom03", "atom10", "a10", "rss", "rss1"), ""
)

ROOTS = {
    "rss": "rss",
    "rdf:rdf": "rdf",
    "feed": "atom",
    "channel": "rss",
    "urlset": "sitemap",
    "newlocation": "rss",
}
ITEMS = frozenset({"item", "entry"})

# Where each field is looked for, the best first. A field is the first of them that is not empty.
ENTRY_FIELDS: dict[str, tuple[str, ...]] = {
    "title": ("title", "dc:title", "news:title", "media:title", "itunes:title"),
    "link": ("link",),
    "guid": ("guid", "id", "rdf:about"),
    "published": (
        "pubdate",
        "published",
        "issued",
        "dcterms:issued",
        "news:publication_date",
        "dc:date",
        "dcterms:created",
        "created",
        "date",
        "updated",
        "modified",
        "dcterms:modified",
        "lastmod",
    ),
    "summary": (
        "description",
        "summary",
        "dc:description",
        "abstract",
        "itunes:summary",
        "googleplay:description",
        "itunes:subtitle",
        "media:description",
        "content:encoded",
        "content",
        "fullitem",
        "xhtml:body",
        "body",
    ),
}
FEED_FIELDS: dict[str, tuple[str, ...]] = {
    "title": ("title", "dc:title"),
    "link": ("link",),
    "ttl": ("ttl",),
    "period": ("sy:updateperiod",),
    "frequency": ("sy:updatefrequency",),
}
ENTRY_NAMES = frozenset(name for names in ENTRY_FIELDS.values() for name in names) | {
    "enclosure",
    "feedburner:origlink",
    "loc",
}
DATES = frozenset(ENTRY_FIELDS["published"])
FEED_NAMES = frozenset(name for names in FEED_FIELDS.values() for name in names)
# What stands in these stands in the entry.
GROUPS = frozenset({"news:news", "media:group"})
# Elements of their own inside an entry or a feed, whose title and link are not the entry's.
CONTAINERS = frozenset(
    {
        "image",
        "textinput",
        "source",
        "author",
        "contributor",
        "media:content",
        "itunes:owner",
        "cloud",
        "items",
        "skiphours",
        "skipdays",
    }
)


def canonical(prefix: str, uri: str | None) -> str:
    """The usual prefix of a namespace; *uri* None when the document does not declare *prefix*."""
    if uri is None:
        return USUAL.get(prefix, prefix)
    low = uri.strip().lower()
    if low in MODULES:
        return MODULES[low]
    if not low or low in CORE or low.startswith("http://www.w3.org/2005/atom") or not prefix:
        return ""
    # Some declare a module by an address of their own: the prefix says what they mean.
    return prefix if USUAL.get(prefix) else f"?{prefix}"
