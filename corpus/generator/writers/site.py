"""
Pages of sites around the text of a document: what portals and sites of law put there.

All words are made up for this; the shapes are those of real sites: menus with names of
documents in them, properties above the text, lists of related documents, comments, boxes to sign in.
Those of ``HELD_OUT`` were not looked at while the reader was written.
"""

from collections.abc import Callable
from random import Random

_ACTS = (
    "Nghị định 91/2017/NĐ-CP hướng dẫn Luật Thi đua, khen thưởng",
    "Thông tư 12/2019/TT-BNV quy định chi tiết thi đua, khen thưởng",
    "Quyết định 1841/QĐ-UBND năm 2021 về danh mục thủ tục hành chính",
    "Kế hoạch 77/KH-UBND năm 2020 về cải cách hành chính",
    "Công văn 4512/BNV-TĐKT năm 2019 về khen thưởng",
    "Chỉ thị 34-CT/TW năm 2014 về đổi mới công tác thi đua",
    "Luật Tổ chức chính quyền địa phương 2015",
    "Nghị quyết 25/2018/NQ-HĐND về mức chi khen thưởng",
)
_NEWS = (
    "Hội nghị tổng kết phong trào thi đua yêu nước ngày 12/3/2019",
    "Lịch tiếp công dân tháng 5 năm 2018",
    "Chủ tịch UBND huyện kiểm tra công tác phòng, chống bão số 3",
    "Thông báo tuyển dụng viên chức sự nghiệp giáo dục năm 2017",
    "Ra quân Ngày Chủ nhật xanh quý III năm 2016",
)
_REMARKS = (
    "Cho tôi hỏi Kế hoạch này có thay thế Kế hoạch 15/KH-UBND ngày 02/02/2016 không ạ? Xin cảm ơn ban biên tập.",
    "Căn cứ Nghị định 99/2013/NĐ-CP thì cơ sở tôi có phải đăng ký không, mong được trả lời sớm.",
)

Page = Callable[[str, Random], str]


def _links(rows: tuple[str, ...], dice: Random, count: int = 5) -> str:
    chosen = dice.sample(rows, min(count, len(rows)))
    return "".join(f'<li><a href="/x-{n}.aspx">{row}</a></li>' for n, row in enumerate(chosen))


def bare(text: str, _dice: Random) -> str:
    return (
        f'<html><head><meta charset="utf-8"><title>Văn bản</title></head><body>{text}</body></html>'
    )


def office(text: str, _dice: Random) -> str:
    """A page as Word saves it."""
    return (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta http-equiv=Content-Type '
        'content="text/html; charset=utf-8"><meta name=Generator content="Microsoft Word 15 (filtered)">'
        "<style><!-- @font-face {font-family:Wingdings;} p.MsoNormal {margin:0cm;} @page WordSection1 "
        "{size:595.3pt 841.9pt;} div.WordSection1 {page:WordSection1;} --></style><!--[if gte mso 9]>"
        "<xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--></head>"
        f"<body lang=EN-US><div class=WordSection1>{text}</div></body></html>"
    )


def law_library(text: str, dice: Random) -> str:
    """A site of law: tabs, properties, the text, buttons, related documents, a box to sign in."""
    return f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{dice.choice(_ACTS)}</title>
<script>var a = "<p>Căn cứ Luật Đất đai;</p>"; if (1<2) document.write(a)</script>
<style>.hide-me{{display:none}} .vb{{text-align:justify}}</style></head><body>
<div id="header"><a href="/"><img src="/logo.png" alt="Thư viện"></a><form action="/tim"><input name=q>
<select><option>Kế hoạch<option>Nghị định</select><button>Tìm kiếm</button></form></div>
<div class="navbar"><ul class="nav-menu"><li><a href="/">Trang chủ</a><li><a href="/vb">Văn bản mới</a>
{_links(_ACTS, dice, 3)}</ul></div>
<div class="breadcrumb"><a href="/">Trang chủ</a> » <a href="/kh">Kế hoạch</a></div>
<div id="main"><div class="left"><h1>{dice.choice(_ACTS)}</h1>
<ul class="tabs"><li><a href="#t1">Nội dung</a><li><a href="#t2">Lược đồ</a><li><a href="#t3">Tải về</a></ul>
<div class="ttvb"><table><tr><td>Số hiệu:</td><td>77/KH-UBND</td><td>Loại văn bản:</td><td>Kế hoạch</td></tr>
<tr><td>Nơi ban hành:</td><td>Tỉnh X</td><td>Người ký:</td><td>Trần Văn Mẫu</td></tr>
<tr><td>Ngày ban hành:</td><td>03/03/2020</td><td>Tình trạng:</td><td><a href=#>Đã biết</a></td></tr></table></div>
<div class="content0"><div class="vb content1">{text}</div>
<div><table><tr><td>Lưu trữ</td><td>Ghi chú</td><td>Ý kiến</td></tr></table><p>Facebook</p><p>Email</p><p>In</p></div></div>
<div class="hide-me">Căn cứ Luật Nhà ở ngày 25/11/2014; nội dung chỉ dành cho thành viên.</div>
<div><h3>Văn bản liên quan</h3><ul>{_links(_ACTS, dice)}</ul></div>
<div><h4>Hỏi đáp pháp luật</h4><p>{dice.choice(_REMARKS)}</p><p>{dice.choice(_ACTS)}</p></div></div>
<div class="right sidebar"><h3>Kế hoạch mới</h3><ol>{_links(_ACTS, dice)}</ol></div></div>
<div id="loginModal" class="modal fade" style="display:none"><h4>ĐĂNG NHẬP</h4><p>Bạn chưa đăng nhập</p></div>
<footer><p>Giấy phép số 27/GP-TTĐT ngày 09/5/2019. Hotline: 1900 0000</p></footer></body></html>"""


def national_base(text: str, dice: Random) -> str:
    """The base of documents of a ministry: boxes inside the box of the text."""
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body>
<form id="aspnetForm"><input type="hidden" name="__VIEWSTATE" value="{"x" * 3000}">
<div class="header"><div class="banner-top">CƠ SỞ DỮ LIỆU VĂN BẢN PHÁP LUẬT</div>
<ul class="menu"><li><a href="/1">Trang chủ</a><li><a href="/2">Văn bản hợp nhất</a><li><a href="/3">Tra cứu</a></ul></div>
<div id="content"><div class="left-menu"><ul><li><a href="#">Năm ban hành</a><li><a href="#">Loại văn bản</a></ul></div>
<div class="box-tab-vb"><ul class="nav nav-tabs"><li><a href="#itemtoanvan">Toàn văn</a><li><a href="#">Thuộc tính</a><li><a href="#">Văn bản liên quan</a></ul>
<div class="tab-content"><div class="content tab-pane"><div class="fulltext"><div class="vbInfo"><ul><li>Hiệu lực: Còn hiệu lực</li>
<li><span>Ngày có hiệu lực: </span>09/01/2020</li></ul></div><div class="toanvancontent" id="toanvancontent">{text}
<div class="vbFile"><div class="header"><div>Tải file đính kèm</div></div><div class="content"><ul><li><span>Bản PDF:</span>
<a href=#>77-KH-UBND.pdf</a></li></ul></div></div><div class="vbLienQuan"><div class="content"><div>{dice.choice(_ACTS)}</div>
<div>{dice.choice(_ACTS)}</div></div></div></div></div></div>
<div class="tab-pane" style="display: none"><div class="vbProperties"><table><tr><td colspan="4" class="title">{dice.choice(_ACTS)}</td></tr>
<tr><td>Số ký hiệu</td><td>77/KH-UBND</td><td>Ngày ban hành</td><td>03/03/2020</td></tr></table></div></div></div></div></div>
<div class="footer">CƠ SỞ DỮ LIỆU QUỐC GIA<br>Cơ quan chủ quản: Bộ X</div></form></body></html>"""


def watched(text: str, dice: Random) -> str:
    """A site that puts a button behind each paragraph and notes of its editors between them."""
    button = '<span class="tooltip-button"><span class="bg-theo-doi">Đang theo dõi</span></span>'
    note = f'<div class="docitem-binhluan">Theo quy định tại {dice.choice(_ACTS)} thì mức chi được nâng.</div>'
    parts = text.replace(">\n<", ">\f<").split("\f")
    marked = "".join(
        f'<div class="docitem-{n % 5}">{part}{button if n % 3 == 0 else ""}</div>'
        f"{note if n and n % 17 == 0 else ''}"
        for n, part in enumerate(parts)
    )
    return f"""<!DOCTYPE html><html><head><meta charset=utf-8></head><body><header><nav>{_links(_NEWS, dice)}</nav></header>
<main><h1 class="the-document-title">{dice.choice(_ACTS)}</h1><div class="the-document-summary"><p>Tóm tắt: {dice.choice(_ACTS)}</p></div>
<div id="noidung"><div class="the-document-body noidungtracuu">{marked}</div></div>
<div class="box"><p>Bạn chưa Đăng nhập thành viên. Đây là tiện ích dành cho tài khoản thành viên.</p></div>
<section><h2>Văn bản cùng lĩnh vực</h2>{"".join(f'<article><h3><a href="#">{a}</a></h3><p>{a}</p></article>' for a in _ACTS[:4])}</section></main>
<aside><div>{_links(_ACTS, dice)}</div></aside><div class="cookie-consent"><p>Trang web dùng cookie.</p><button>Đồng ý</button></div></body></html>"""


def agency(text: str, dice: Random) -> str:
    """A portal of an agency, laid out by tables, the document as a piece of news."""
    return f"""<HTML><HEAD><META charset="utf-8"><TITLE>Cổng thông tin điện tử</TITLE></HEAD><BODY>
<TABLE width=980><TR><TD colspan=3><IMG src=banner.jpg></TD></TR><TR><TD valign=top class=menu>
{"".join(f'<p><a href="/{n}">{w}</a></p>' for n, w in enumerate(("Giới thiệu", "KẾ HOẠCH", "Tin tức", "Văn bản chỉ đạo", "Thủ tục hành chính")))}</TD>
<TD valign=top><div>Thứ Năm, ngày 26 tháng 11 năm 2020</div><h2>{dice.choice(_NEWS)}</h2><p>05/01/2020 08:30</p>
<p>Cỡ chữ</p><p>A+</p><p>A-</p>{text}
<p><i>Tác giả: Ban Biên tập</i></p><p>Nguồn: Cổng thông tin huyện</p><p>Lượt xem: 1204</p>
<p><b>Các tin khác</b></p><ul>{_links(_NEWS, dice)}</ul></TD>
<TD valign=top><p><b>Thống kê truy cập</b></p><p>Đang online: 12</p><p>Hôm nay: 345</p><div><a href=1>Quốc hội</a><a href=2>Chính phủ</a><a href=3>Bộ Nội vụ</a></div></TD></TR>
<TR><TD colspan=3>Ủy ban nhân dân huyện X - Địa chỉ: số 1 đường Lê Lợi - ĐT: 0123 456 789</TD></TR></TABLE></BODY></HTML>"""


def modern(text: str, dice: Random) -> str:
    """A portal made with a framework of boxes."""
    return f"""<!doctype html><html lang=vi><head><meta charset=utf-8></head><body><div id="app"><div class="layout-top"><div class="flex"><a href="#">UBND</a>
<ul><li><a href="#">Giới thiệu</a></li><li><a href="#">Chỉ đạo điều hành</a></li><li><a href="#">Công khai ngân sách</a></li></ul></div></div>
<div class="container mx-auto"><div class="grid"><div class="col-span-9"><div class="article-detail"><h1>{dice.choice(_NEWS)}</h1>
<div class="meta"><span>Đăng ngày 05/01/2020</span> <span>Lượt xem: 33</span></div><div class="share-box"><a href="#">Facebook</a><a href="#">Zalo</a></div>
<div class="article-content">{text}</div><div class="attachments"><p>Tệp đính kèm: <a href=a.pdf>KH-77.signed.pdf</a></p></div>
<div class="comment-box"><h4>Bình luận (2)</h4>{"".join(f"<div><b>Nguyễn Văn Bình</b><p>{r}</p></div>" for r in _REMARKS)}<textarea>Viết bình luận</textarea><button>Gửi</button></div></div></div>
<div class="col-span-3"><div class="widget"><h3>Văn bản mới</h3>{"".join(f'<div class="item"><a href="#">{a}</a><span>02/02/2019</span></div>' for a in _ACTS[:5])}</div>
<div class="widget"><h3>Liên kết website</h3><select><option>Chính phủ</select></div></div></div></div>
<div class="layout-bottom"><p>Bản quyền thuộc UBND xã. Chịu trách nhiệm chính: Ông Trần Văn Mẫu, Phó Chủ tịch.</p></div></div></body></html>"""


def nuke(text: str, dice: Random) -> str:
    """A portal of an education office: an article, its rating, its keywords, other articles."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"></head><body><noscript><div>Trình duyệt chưa bật javascript. Căn cứ Luật Báo chí.</div></noscript>
<div id="mask"></div><div class="body-bg"><div class="wraper"><header><div class="site-banner"><span class="site_name">PHÒNG GIÁO DỤC VÀ ĐÀO TẠO</span></div></header>
<nav class="second-nav"><div class="bg"><ul><li>Trang nhất</li><li>Tin tức</li><li>Văn bản</li><li>Liên hệ</li></ul></div></nav>
<section><div class="container" id="body"><div class="row"><div class="col-md-18"><div class="news_column panel"><div class="panel-body">
<h1 class="title">{dice.choice(_NEWS)}</h1><em class="time">Thứ ba - 05/01/2020 09:44</em><div class="hometext">{dice.choice(_NEWS)}</div>
<div class="bodytext" id="news-bodyhtml">{text}</div><div class="author"><p><strong>Tác giả bài viết:</strong> Quản trị</p></div></div></div>
<div class="news_column"><div class="panel-body"><p>Tổng số điểm của bài viết là: 5 trong 1 đánh giá</p><p>Click để đánh giá bài viết</p></div></div>
<div class="news_column"><div class="panel-body"><em>Từ khóa:</em> <a href="#">thi đua</a>, <a href="#">khen thưởng</a></div></div>
<div class="news_column"><h3>Những tin mới hơn</h3><ul class="related">{_links(_NEWS, dice)}</ul><h3>Những tin cũ hơn</h3><ul>{_links(_NEWS, dice)}</ul></div></div>
<div class="col-md-6"><div class="panel"><div class="panel-heading">Văn bản mới</div><div class="panel-body"><dl>{"".join(f"<dd><h3>{a.split(' ')[1]}</h3><p>{a}</p><p>Thời gian đăng: 12/9/2019</p></dd>" for a in _ACTS[:4])}</dl></div></div></div></div></div></section>
<footer><div>Địa chỉ: Số 5, đường Hùng Vương</div></footer></div></div></body></html>"""


def liferay(text: str, dice: Random) -> str:
    """A portal made of portlets: a document under a table of its properties, files at its end."""
    return f"""<html><head><meta charset="utf-8"></head><body class="controls-visible"><div id="wrapper"><div id="banner"><h1>Cổng thông tin điện tử tỉnh</h1></div>
<div id="navigation"><ul>{_links(_NEWS, dice, 4)}</ul></div><div id="content"><div class="portlet-layout"><div class="portlet-column"><section class="portlet">
<h2 class="portlet-title-text">Văn bản chỉ đạo điều hành</h2><div class="portlet-body"><div class="legal-detail">
<div><label>Số ký hiệu</label><span>77/KH-UBND</span></div><div><label>Ngày ban hành</label><span>03/03/2020</span></div><div><label>Trích yếu nội dung</label><span>{dice.choice(_ACTS)}</span></div>
<div><label>Người ký</label><span>Trần Văn Mẫu</span></div></div><div class="journal-content-article">{text}</div>
<div class="file-list">Tài liệu đính kèm: <a href="x.docx">x.docx</a></div></div></section></div>
<div class="portlet-column"><section class="portlet"><h2>Tin mới nhất</h2><div>{"".join(f"<p>{n}</p>" for n in _NEWS)}</div></section></div></div></div>
<div id="footer"><p>Ghi rõ nguồn khi phát hành lại thông tin từ website này</p></div></div></body></html>"""


def paper(text: str, dice: Random) -> str:
    """A newspaper that prints a document in full below its own words."""
    return f"""<!DOCTYPE html><html><head><meta charset=utf-8><meta http-equiv=refresh content="900"></head><body><div class="top-bar"><span>Thứ Sáu, 27/11/2020</span><a href="#">Đăng nhập</a></div>
<div class="main-menu"><a href="#">Chính trị</a><a href="#">Xã hội</a><a href="#">Kinh tế</a></div><div class="main"><article><h1 class="detail-title">Toàn văn kế hoạch thi đua, khen thưởng</h1>
<p class="detail-sapo">(Chinhphu.vn) - {dice.choice(_NEWS)}. Dưới đây là toàn văn của văn bản mà tòa soạn nhận được vào chiều nay, xin giới thiệu cùng bạn đọc.</p>
<div class="detail-content">{text}<div class="ad-slot"><p>Quảng cáo</p></div></div><div class="tags"><a href="#">thi đua</a><a href="#">kế hoạch</a><a href="#">khen thưởng</a></div></article>
<div class="box-category"><h3>Tin cùng chuyên mục</h3>{"".join(f'<div><a href="#">{n}</a><p>{n} - chi tiết xem trong bài viết của phóng viên thường trú tại địa phương hôm nay.</p></div>' for n in _NEWS[:3])}</div></div>
<div class="bottom">Tổng biên tập: Nguyễn Văn Hai</div></body></html>"""


def blog(text: str, dice: Random) -> str:
    """A school's page made with a program for blogs."""
    return f"""<!DOCTYPE html><html><head><meta charset="UTF-8"></head><body class="single single-post"><div id="page" class="hfeed site">
<header id="masthead"><h1 class="site-title"><a href="/">TRƯỜNG THCS</a></h1><p class="site-description">Dạy tốt - Học tốt</p></header>
<div class="primary-menu"><ul><li><a href="/gt">Giới thiệu</a></li><li><a href="/kh">Kế hoạch</a></li><li><a href="/tb">Thông báo</a></li></ul></div>
<div id="content"><main><article class="post"><header class="entry-header"><h1 class="entry-title">{dice.choice(_NEWS)}</h1><div class="entry-meta">Tháng Một 5, 2020 <a href="#">admin</a> <a href="#">0 Bình luận</a></div></header>
<div class="entry-content">{text}<div class="sharedaddy"><h3 class="sd-title">Chia sẻ:</h3><ul><li><a href="#">Nhấn để chia sẻ trên Twitter</a></li><li><a href="#">Nhấn để chia sẻ trên Facebook</a></li></ul></div></div>
<footer class="entry-footer">Đăng trong <a href="#">Kế hoạch</a>. Đánh dấu <a href="#">đường dẫn tĩnh</a>.</footer></article>
<div id="comments"><h2>Trả lời</h2><ol><li><p>{dice.choice(_REMARKS)}</p></li></ol><form><p>Email của bạn sẽ không được hiển thị công khai.</p><textarea></textarea></form></div></main>
<div id="secondary" class="widget-area"><section><h2>Bài viết mới</h2><ul>{_links(_NEWS, dice)}</ul></section><section><h2>Lưu trữ</h2><ul><li><a href="#">Tháng Một 2020</a></li><li><a href="#">Tháng Hai 2020</a></li></ul></section></div></div></div></body></html>"""


def press(text: str, dice: Random) -> str:
    """A bulletin of an agency: boxes without names that say anything, spans for headings."""
    return f"""<html><head><meta charset="utf-8"></head><body><div class="w1"><div class="w2"><a href=/>Trang chủ</a> | <a href=/lh>Liên hệ</a> | <a href=/sd>Sơ đồ</a> | <a href=/rss>RSS</a></div>
<div class="w3"><div class="w4"><span class="t">{dice.choice(_NEWS)}</span><br><span class="d">(05/01/2020 09:20:31 AM)</span></div>
<div class="w5">{text}</div><div class="w6"><a href="javascript:print()">[In trang]</a> <a href="javascript:back()">[Trở về]</a></div>
<div class="w7"><div class="w8">Các văn bản khác</div>{"".join(f'<div class="w9">{a} <i>(02/02/2019)</i></div>' for a in _ACTS[:5])}</div></div>
<div class="w10">Cơ quan chủ quản: Ủy ban nhân dân tỉnh X<br>Giấy phép số 12/GP-BC ngày 01/02/2008</div></div></body></html>"""


PAGES: dict[str, Page] = {
    "bare": bare,
    "office": office,
    "law_library": law_library,
    "national_base": national_base,
    "watched": watched,
    "agency": agency,
    "modern": modern,
    "paper": paper,
}
HELD_OUT: dict[str, Page] = {"nuke": nuke, "liferay": liferay, "blog": blog, "press": press}
