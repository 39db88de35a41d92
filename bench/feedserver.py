"""Many small papers in one process: feeds of Vietnamese news on loopback hosts, with ETag and gzip, over asyncio.

``python -m bench.feedserver FEEDS`` prints the port, then obeys its standard input, one word a line: ``first``,
``304``, ``same``, ``built``, ``new`` change what is answered, ``slow`` answers 304 after 50 ms, ``count`` prints how
many answers were given since the last ``count``: all, and those without a body.
"""

from __future__ import annotations

import asyncio
import gzip
import sys
from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random

from app.text import fold

ENTRIES, SECTIONS = 30, 5  # entries of a feed, feeds of a host
MOMENT = datetime(2026, 5, 18, 3, tzinfo=UTC)  # of the newest entry
_SYLLABLES = """
chuyển đổi số bình dân học vụ công nghệ đổi mới sáng tạo khoa nghị quyết Trung ương Quảng Ngãi xã
phường tổ cộng đồng người dân dịch trực tuyến hồ sơ một cửa cán bộ đoàn viên thanh niên trường lớp
tập huấn kỹ năng an toàn thông tin mạng lưới hạ tầng viễn dữ liệu kinh tế nông nghiệp doanh hợp tác
du lịch biển đảo Lý Sơn Măng Đen sản phẩm thương mại điện tử thanh toán không tiền mặt y bệnh viện
giáo dục văn hóa lễ hội truyền thống
"""
WORDS = tuple(_SYLLABLES.split())


@cache
def phrases() -> tuple[str, ...]:
    """2,000 phrases of three to five syllables by which themes are known; a third of the entries hold one."""
    dice = Random(57)
    found = dict.fromkeys(words(dice, dice.randint(3, 5)) for _ in range(4_000))
    return tuple({fold(phrase): phrase for phrase in found}.values())[:2_000]


def host_of(feed: int) -> str:
    """The loopback host of a feed; a host has five."""
    place = feed // SECTIONS
    return f"127.1.{place // 250}.{place % 250 + 1}"


def url_of(feed: int, port: int) -> str:
    """The address of a feed."""
    return f"http://{host_of(feed)}:{port}/rss/{feed}.xml"


def words(dice: Random, count: int) -> str:
    """So many syllables in a row."""
    return " ".join(dice.choices(WORDS, k=count))


class Paper:
    """One feed and its answers by phase, packed once."""

    def __init__(self, number: int) -> None:
        self.number, self.is_atom = number, number % 10 == 9
        dice = Random(number)
        self.items = [self._item(dice, place) for place in range(ENTRIES + 1)]  # 0 is the one of "new"
        self.etag = '"1"'
        self.packed = b""

    def _item(self, dice: Random, place: int) -> str:
        title, text = words(dice, 12), words(dice, 150)
        if dice.random() < 1 / 3:
            title += f" {dice.choice(phrases())}"
        link = f"https://bao{self.number // SECTIONS}.example.vn/{self.number}/tin-{place}-{100_000_000 + self.number * 100 + place}.html"
        moment = MOMENT - timedelta(minutes=20 * place)
        if self.is_atom:
            return (
                f"<entry><title>{title}</title><link rel='alternate' href='{link}'/><id>{link}</id>"
                f"<updated>{moment:%Y-%m-%dT%H:%M:%SZ}</updated><summary type='html'>&lt;p&gt;{text}&lt;/p&gt;</summary></entry>"
            )
        return (
            f"<item><title><![CDATA[{title}]]></title><link>{link}</link><guid>{link}</guid>"
            f"<pubDate>{moment:%a, %d %b %Y %H:%M:%S +0000}</pubDate><description><![CDATA[<p>{text}</p>]]></description></item>"
        )

    def body(self, *, first: int, built: datetime) -> bytes:
        """The document from item *first* on."""
        items = "".join(self.items[first : first + ENTRIES])
        if self.is_atom:
            head = f"<title>Báo {self.number}</title><id>urn:bao:{self.number}</id><updated>{built:%Y-%m-%dT%H:%M:%SZ}</updated>"
            text = f'<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">{head}{items}</feed>'
        else:
            head = f"<title>Báo {self.number}</title><link>https://bao.example.vn</link><description>Tin</description>"
            head += f"<lastBuildDate>{built:%a, %d %b %Y %H:%M:%S +0000}</lastBuildDate>"
            text = f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>{head}{items}</channel></rss>'
        return text.encode()

    def enter(self, phase: str) -> None:
        """Prepare the answers of a phase."""
        built = MOMENT + timedelta(minutes={"built": 5, "new": 10, "slow": 10}.get(phase, 0))
        self.packed = gzip.compress(self.body(first=0 if phase in {"new", "slow"} else 1, built=built), 6)
        self.etag = '"2"' if phase in {"new", "slow"} else '"1"'


class Papers:
    """The server: what is answered in the present phase, and how often it was asked."""

    def __init__(self, feeds: int) -> None:
        self.papers = [Paper(number) for number in range(feeds)]
        self.phase, self.answers, self.unchanged = "first", 0, 0
        self.enter("first")

    def enter(self, phase: str) -> None:
        """Change to a phase."""
        self.phase = phase
        for paper in self.papers:
            paper.enter(phase)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection until it is closed."""
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                if self.phase == "slow":
                    await asyncio.sleep(0.05)
                number = int(head.split(b" ", 2)[1].rsplit(b"/", 1)[1].removesuffix(b".xml"))
                writer.write(self.answer(self.papers[number], head))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    def answer(self, paper: Paper, head: bytes) -> bytes:
        """The bytes of one answer."""
        self.answers += 1
        is_honest = self.phase in {"first", "304", "new", "slow"}
        if is_honest and b"if-none-match: " + paper.etag.encode() in head.lower():
            self.unchanged += 1
            return f"HTTP/1.1 304 Not Modified\r\nETag: {paper.etag}\r\n\r\n".encode()
        mark = f"ETag: {paper.etag}\r\n" if is_honest else ""
        return (
            "HTTP/1.1 200 OK\r\nContent-Type: application/xml; charset=utf-8\r\nContent-Encoding: gzip\r\n"
            f"{mark}Content-Length: {len(paper.packed)}\r\n\r\n"
        ).encode() + paper.packed


async def run(feeds: int) -> None:
    """Listen on every host and obey the standard input until it ends."""
    papers, hosts = Papers(feeds), sorted({host_of(number) for number in range(feeds)})
    first = await asyncio.start_server(papers.serve, hosts[0], 0, backlog=512)
    port = first.sockets[0].getsockname()[1]
    if hosts[1:]:
        await asyncio.start_server(papers.serve, hosts[1:], port, backlog=512)
    print(port, flush=True)
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        word = line.strip()
        if word == "count":
            print(papers.answers, papers.unchanged, flush=True)
            papers.answers = papers.unchanged = 0
        else:
            papers.enter(word)
            print(word, flush=True)


if __name__ == "__main__":
    asyncio.run(run(int(sys.argv[1])))
