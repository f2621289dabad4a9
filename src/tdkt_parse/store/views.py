"""
Views for people who ask the database themselves.
"""

VIEWS: dict[str, tuple[str, str]] = {
    "v_tasks_by_quarter": (
        "Công việc theo năm, quý: nội dung, chủ trì, phối hợp, thời hạn",
        """
SELECT y.year, q.quarter, p.issuer, p.number, t.label, t.content, t.lead, t.support, t.timing,
       t.starts, t.ends, t.sha256, t.position
FROM tasks t
JOIN plans p ON p.sha256 = t.sha256
LEFT JOIN plan_years y ON y.sha256 = t.sha256
LEFT JOIN task_quarters q ON q.sha256 = t.sha256 AND q.task = t.position
""",
    ),
    "v_cited_instruments": (
        "Văn bản được viện dẫn: số lần, số kế hoạch viện dẫn, trong căn cứ, hiệu lực",
        """
SELECT i.id, i.number, i.kind, i.title, i.issuer, i.issued, i.effective, i.expired, i.replaced_by,
       COUNT(*) AS citations, COUNT(DISTINCT c.sha256) AS plans,
       COUNT(DISTINCT CASE WHEN c."where" = 'legal_bases' THEN c.sha256 END) AS plans_resting_on_it
FROM instruments i
JOIN citations c ON c.instrument = i.id
GROUP BY i.id, i.number, i.kind, i.title, i.issuer, i.issued, i.effective, i.expired, i.replaced_by
""",
    ),
    "v_expired_bases": (
        "Căn cứ đã hết hiệu lực vào ngày ký kế hoạch (chỉ kế hoạch có đủ ngày ký)",
        """
SELECT p.issuer, p.number, p.signed, b.text AS basis, i.number AS instrument, i.title, i.expired,
       i.replaced_by, i.expiry_checked, p.sha256, b.position
FROM legal_bases b
JOIN plans p ON p.sha256 = b.sha256
JOIN legal_basis_citations l ON l.sha256 = b.sha256 AND l.basis = b.position
JOIN citations c ON c.sha256 = l.sha256 AND c.position = l.citation
JOIN instruments i ON i.id = c.instrument
WHERE NOT c.nested AND i.expired <= p.signed
""",
    ),
}
"""Each view with what it shows, in Vietnamese, and its query, the same for both databases."""
