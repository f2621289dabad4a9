"""
How the pages of the audit look, on a screen and on paper.

Each colour has its word beside it: a page printed in black says the same.
"""

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""What a page may do: nothing but look as it says."""

MADE_BY = '<meta name="generator" content="tdkt-parse">'
"""By which a page of this program is known, which lies beside the documents it tells of."""

STYLE = """
@page { size: A4; margin: 16mm 15mm; }
:root { --ink: #1c2430; --soft: #5b6472; --line: #d5dae1; --error: #b3261e; --warning: #9a5b00;
  --info: #2d5f91; --good: #2c6e33; --ground: #f5f6f8; }
* { box-sizing: border-box; }
body { margin: 0; color: var(--ink); background: #fff;
  font: 15px/1.5 "Noto Sans", "Segoe UI", "DejaVu Sans", Arial, sans-serif; }
main { max-width: 1040px; margin: 0 auto; padding: 24px 28px 60px; }
h1 { font-size: 25px; line-height: 1.25; margin: 0 0 4px; }
h2 { font-size: 20px; margin: 34px 0 8px; }
h3 { font-size: 16px; margin: 24px 0 8px; padding-bottom: 3px;
  border-bottom: 1px solid var(--line); }
h2, h3, h4 { break-after: avoid; }
h4 { font-size: 15px; margin: 16px 0 6px; }
p { margin: 0 0 6px; }
small, .where, .made, .calm { color: var(--soft); }
small { font-size: 12.5px; }
.made, .where { font-size: 13px; }
a { color: #1d4f86; }
.path { font-family: "DejaVu Sans Mono", Consolas, monospace; font-size: 12px; color: var(--soft);
  overflow-wrap: anywhere; }
section.document { border-top: 3px solid var(--ink); margin-top: 36px; }
section.document > h2 { margin-top: 14px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 18px; margin: 0 0 12px; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; margin: 6px 0 12px; }
th, td { text-align: left; vertical-align: top; padding: 6px 9px; border: 1px solid var(--line);
  overflow-wrap: anywhere; }
th { background: var(--ground); font-weight: 600; font-size: 13px; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
tr.many { break-inside: auto; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
td.n { white-space: nowrap; }
.wide { table-layout: fixed; }
.wide th:first-child { width: 36%; }
.wide th:nth-child(4) { width: 100px; }
.wide th.n { font-size: 12px; overflow-wrap: normal; }
td.none { color: #aab1bb; }
td.error { color: var(--error); font-weight: 700; }
td.warning { color: var(--warning); font-weight: 700; }
.bases { table-layout: fixed; }
col.k { width: 4%; }
col.written { width: 42%; }
col.standing { width: 21%; }
.badge { display: inline-block; padding: 1px 9px; border-radius: 10px; border: 1px solid;
  font-size: 13px; font-weight: 600; background: #fff; }
.badge.in_force { color: var(--good); background: #edf6ee; }
.badge.expired, .badge.error { color: var(--error); background: #fcedec; }
.badge.not_yet, .badge.said_expired, .badge.warning { color: var(--warning); background: #fdf3e3; }
.badge.info { color: var(--info); background: #eaf1f8; }
.badge.unknown { color: #4d5664; background: #eef0f3; border-style: dashed; }
.badge.none { color: #8c95a1; font-weight: 400; border-color: var(--line); }
h4.error { color: var(--error); }
h4.warning { color: var(--warning); }
h4.info { color: var(--info); }
ol.findings { list-style: none; margin: 0; padding: 0; }
.findings li { border-left: 4px solid var(--line); padding: 4px 0 4px 13px; margin: 0 0 11px;
  break-inside: avoid; }
.findings li.error { border-color: var(--error); }
.findings li.warning { border-color: #d9932f; }
.findings li.info { border-color: #7fa3c7; }
.rule { display: inline-block; min-width: 34px; font-size: 13px; }
blockquote { margin: 3px 0 5px; padding: 5px 11px; background: var(--ground);
  font-family: "Times New Roman", Tinos, "Liberation Serif", serif; font-size: 16px;
  line-height: 1.4; }
figure { margin: 10px 0 22px; }
figcaption { font-weight: 600; margin-bottom: 4px; }
svg { max-width: 100%; height: auto; }
svg text { font-family: inherit; }
.cards { display: flex; flex-wrap: wrap; gap: 12px; margin: 16px 0 6px; }
.cards div { border: 1px solid var(--line); border-radius: 6px; padding: 8px 16px;
  min-width: 128px; flex: 1 1 30%; }
.cards b { display: block; font-size: 24px; line-height: 1.2; }
@media print {
  body { font-size: 10pt; }
  h1 { font-size: 17pt; } h2 { font-size: 14pt; } h3 { font-size: 12pt; } h4 { font-size: 11pt; }
  blockquote { font-size: 11pt; } small, .made, .where, .badge, th { font-size: 8.5pt; }
  th, td { padding: 3pt 5pt; } dl { margin-bottom: 6pt; } .findings li { margin-bottom: 7pt; }
  main { max-width: none; padding: 0; }
  a { color: inherit; text-decoration: none; }
  .badge, th, blockquote, svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  section.document { break-before: page; margin-top: 0; border-top: 0; }
  section.document:first-of-type { break-before: auto; }
}
"""
