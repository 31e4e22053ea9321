"""Old WordPress posts to sections, with an account of everything that came in.

Read an export, convert one post, look at what became of it:

    from pathlib import Path
    from achemap.library import load
    from achemap.wordpress import convert_post, read_posts

    muscles = load().muscles
    for post in read_posts(Path("export.xml")):        # .xml .json .html .zip .gz, folder
        done = convert_post(post, muscles)             # pure, never raises
        done.kind, done.generation                     # "pattern", "G1b"
        done.sections["describe"]                      # cleaned HTML, by section
        for part in done.placement.placed:             # the same, part by part
            part.section, part.segment.html, part.confidence, part.because
        for part in done.placement.unplaced:           # what has no place, and why
            part.segment.text, part.reason
        for proposal in done.proposals:                # for the editor to confirm
            proposal.kind, proposal.value, proposal.evidence, proposal.confidence
        done.report.is_complete                        # nothing lost
        done.report.numbers()                          # words_in, words_placed, ...
        done.report.doubled                            # paragraphs under two headings
        done.addresses                                 # every old address, newest first
        done.original                                  # the HTML as exported

`convert_text(pasted, muscles)` does the same for a pasted post. `clean(html)` makes
any HTML harmless; the parts' own `html` is not cleaned. `redirects(posts, new)` maps
old addresses to new ones; `normal_address` is how a request is compared with them.
A whole export to files: `achemap.wordpress.running.convert_export`, which is what
`achemap convert-wordpress` runs.

Sections: describe, activate, relief, anatomy, therapy_notes are a pattern's; "similar"
holds its look-alikes; "article" the text of a post that is no pattern.
"""

from achemap.wordpress.cleaning import clean
from achemap.wordpress.converting import Converted, convert_post, convert_text
from achemap.wordpress.generations import Generation, PostKind
from achemap.wordpress.media_links import Link, Media
from achemap.wordpress.placing import SECTIONS, Placed, Placement, Unplaced
from achemap.wordpress.proposals import Proposal
from achemap.wordpress.reading import read_items, read_posts
from achemap.wordpress.records import Author, Comment, Post, Site, Term
from achemap.wordpress.redirects import (
    AddressProblem,
    Redirect,
    normal_address,
    redirects,
    slug_of,
)
from achemap.wordpress.report import PostReport
from achemap.wordpress.segments import Segment
from achemap.wordpress.vocabulary import Section


__all__ = [
    "SECTIONS",
    "AddressProblem",
    "Author",
    "Comment",
    "Converted",
    "Generation",
    "Link",
    "Media",
    "Placed",
    "Placement",
    "Post",
    "PostKind",
    "PostReport",
    "Proposal",
    "Redirect",
    "Section",
    "Segment",
    "Site",
    "Term",
    "Unplaced",
    "clean",
    "convert_post",
    "convert_text",
    "normal_address",
    "read_items",
    "read_posts",
    "redirects",
    "slug_of",
]
