"""
Segmentation: the zones of a document, and the tree of its sections.

``find_blocks`` puts lines together into paragraphs, ``find_zones`` says which zone each belongs to,
``find_parts`` groups them, ``find_sections`` builds the tree of the body and of each attachment.
"""

from tdkt_parse.segment.blocks import Block, find_blocks
from tdkt_parse.segment.labels import Label
from tdkt_parse.segment.parts import Attachment, Parts, find_parts
from tdkt_parse.segment.tree import Node, Paragraph, Tree, find_sections, walk
from tdkt_parse.segment.zones import Zoned, find_zones

__all__ = [
    "Attachment",
    "Block",
    "Label",
    "Node",
    "Paragraph",
    "Parts",
    "Tree",
    "Zoned",
    "find_blocks",
    "find_parts",
    "find_sections",
    "find_zones",
    "walk",
]
